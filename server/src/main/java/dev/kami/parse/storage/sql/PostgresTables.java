package dev.kami.parse.storage.sql;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tables with the columns of the genuine server, each field in one of its own: adding one changes only the catalogue. Texts
 * are ordered by their bytes ({@code COLLATE "C"}), except user names and addresses, which are also compared without case.
 *
 * <p>Beyond the genuine indexes there are some on pointers, places and the second column of join tables; their names have a
 * dot, so they are never in the way of those of an application.
 */
final class PostgresTables extends Tables {
    /** PostgreSQL cuts longer names silently, and what two names have in common would be one table or column. */
    private static final int MAX_NAME = 63;

    private static final Pattern AUTH_DATA_INDEX = Pattern.compile("_User_(?:unique_)?authData_(.+)_id");

    private static final Set<String> COMPARED_WITHOUT_CASE = Set.of("username", "email");

    private static final String COLUMNS = """
            SELECT c.relname, a.attname,
              a.attcollation = 'pg_catalog."C"'::regcollation
                OR a.attcollation = 'pg_catalog."default"'::regcollation
                  AND (SELECT datcollate IN ('C', 'POSIX') FROM pg_database WHERE datname = current_database())
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
              AND a.attnum > 0 AND NOT a.attisdropped""";

    private final Connections connections;
    private final PostgresSession session;
    private final PostgresIndexes indexes;

    PostgresTables(Connections connections, PostgresSession session, PostgresIndexes indexes) {
        this.connections = connections;
        this.session = session;
        this.indexes = indexes;
    }

    /** A text of a statement that is no value of a client. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    // -- what there is

    /** Reads all tables, because others may have changed them. */
    void reload() {
        Map<String, Table> found = connections.query(
                new SqlText().add(COLUMNS).add(" ORDER BY c.relname, a.attnum"), PostgresTables::tables);
        if (found.containsKey(USER)) {
            found.computeIfPresent(USER, (_, user) -> user.with(providers()));
        }
        for (Table table : all()) {
            if (!found.containsKey(table.name())) {
                forget(table.name());
            }
        }
        found.values().forEach(this::put);
    }

    private static Map<String, Table> tables(ResultSet rows) throws SQLException {
        var columns = new LinkedHashMap<String, Set<String>>();
        var bytewise = new LinkedHashMap<String, Set<String>>();
        while (rows.next()) {
            String table = rows.getString(1);
            String column = rows.getString(2);
            columns.computeIfAbsent(table, _ -> new LinkedHashSet<>()).add(column);
            if (rows.getBoolean(3)) {
                bytewise.computeIfAbsent(table, _ -> new LinkedHashSet<>()).add(column);
            }
        }
        var tables = new LinkedHashMap<String, Table>();
        columns.forEach(
                (name, names) -> tables.put(name, new Table(name, names, bytewise.getOrDefault(name, Set.of()))));
        return tables;
    }

    /** {@code _authData.<provider>.id} of those that have an index. */
    private Set<String> providers() {
        var providers = new LinkedHashSet<String>();
        for (String index : indexNames(USER)) {
            Matcher provider = AUTH_DATA_INDEX.matcher(index);
            if (provider.matches()) {
                providers.add("_authData." + provider.group(1) + ".id");
            }
        }
        return providers;
    }

    private List<String> indexNames(String className) {
        var sql = new SqlText()
                .add("SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND tablename = ")
                .value(className);
        return connections.query(sql, SqlStorage::texts);
    }

    /** Another server may have made the table; then it is found here. */
    @Override
    Table find(String className) {
        Table table = super.find(className);
        return table != null ? table : connections.call(connection -> read(connection, className));
    }

    private Table read(java.sql.Connection connection, String className) throws SQLException {
        var sql = new SqlText()
                .add(COLUMNS)
                .add(" AND c.oid = to_regclass(quote_ident(")
                .value(className)
                .add(")) ORDER BY a.attnum");
        Map<String, Table> found = connections.query(connection, sql, PostgresTables::tables);
        if (found.isEmpty()) {
            return null;
        }
        Table table = found.values().iterator().next();
        Table before = super.find(className);
        Set<String> more = before == null ? Set.of() : before.columns();
        Table named = new Table(className, table.columns(), table.bytewise())
                .with(more.stream()
                        .filter(column -> column.startsWith("_authData."))
                        .toList());
        put(named);
        return named;
    }

    private Table refresh(String className) {
        return session.on(connection -> read(connection, className));
    }

    /** Keys of jsonb are in an order of their own; columns are in that of their making. Relations have none and come last. */
    @Override
    ClassSchema inOrder(ClassSchema schema) {
        Table table = super.find(schema.className());
        if (table == null) {
            return schema;
        }
        var fields = new LinkedHashMap<String, FieldType>();
        SystemClasses.initial(schema.className())
                .fields()
                .forEach((field, type) -> fields.put(field, schema.field(field)));
        for (String column : table.columns()) {
            if (schema.field(column) != null) {
                fields.put(column, schema.field(column));
            }
        }
        fields.putAll(schema.fields());
        return new ClassSchema(schema.className(), fields, schema.permissions(), schema.indexes());
    }

    // -- classes

    @Override
    void create(ClassSchema schema) {
        String className = schema.className();
        if (className.startsWith("_Join:")) {
            createJoin(className);
            return;
        }
        requireShort("Class", className);
        schema.fields().keySet().forEach(field -> requireShort("Field", field));
        var columns = new LinkedHashMap<String, String>();
        schema.fields().forEach((field, type) -> {
            if (Layout.hasColumn(className, field, type)) {
                columns.put(field, definition(className, field, type));
            }
        });
        if (schema.fields().containsKey("createdAt")) {
            columns.put(Layout.READERS, PostgresDialect.type(ColumnType.TEXT_ARRAY));
            columns.put(Layout.WRITERS, PostgresDialect.type(ColumnType.TEXT_ARRAY));
        }
        if (className.equals(USER)) {
            Layout.HIDDEN_USER_FIELDS.forEach((field, type) -> columns.put(field, definition(className, field, type)));
        }
        String table = SqlText.quote(className);
        session.execute("CREATE TABLE IF NOT EXISTS " + table + " ("
                + columns.entrySet().stream()
                        .map(column -> SqlText.quote(column.getKey()) + " " + column.getValue()
                                + (column.getKey().equals("objectId") ? " PRIMARY KEY" : ""))
                        .collect(Collectors.joining(", "))
                + ")");
        Table there = refresh(className); // perhaps of another server, with other columns
        columns.forEach((column, definition) -> {
            if (!there.has(column)) {
                session.execute("ALTER TABLE " + table + " ADD COLUMN IF NOT EXISTS " + SqlText.quote(column) + " "
                        + definition);
            }
        });
        systemIndexes(className).forEach((name, definition) -> session.execute(create(name, definition)));
        schema.fields().forEach((field, type) -> {
            index(className, field, type);
            if (type.kind() == Kind.RELATION) {
                createJoin(joinClass(field, className));
            }
        });
        refresh(className);
    }

    private static void requireShort(String kind, String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
            throw new ParseException(
                    kind.equals("Class") ? ErrorCode.INVALID_CLASS_NAME : ErrorCode.INVALID_KEY_NAME,
                    kind + " name " + name + " is too long: PostgreSQL keeps " + MAX_NAME + " characters.");
        }
    }

    private static String definition(String className, String field, FieldType type) {
        ColumnType stored = ColumnType.of(type.kind());
        boolean bytewise =
                stored == ColumnType.TEXT && !(className.equals(USER) && COMPARED_WITHOUT_CASE.contains(field));
        return PostgresDialect.type(stored) + (bytewise ? " COLLATE \"C\"" : "");
    }

    /** Name to what follows it; those that begin with {@code U} are unique. */
    private static Map<String, String> systemIndexes(String className) {
        String on = " ON " + SqlText.quote(className) + " (";
        return switch (className) {
            case USER -> {
                var all = new LinkedHashMap<String, String>();
                all.put("_User_unique_username", on + "\"username\")");
                all.put("_User_unique_email", on + "\"email\")");
                all.put("case_insensitive_username", on + "lower(\"username\") varchar_pattern_ops)");
                all.put("case_insensitive_email", on + "lower(\"email\") varchar_pattern_ops)");
                all.put("_email_verify_token", on + "\"_email_verify_token\")");
                all.put("_perishable_token", on + "\"_perishable_token\")");
                yield all;
            }
            case "_Role" -> Map.of("_Role_unique_name", on + "\"name\")");
            case "_Session" -> Map.of("_Session.sessionToken", on + "\"sessionToken\")");
            case "_Installation" ->
                Map.of(
                        "_Installation.installationId",
                        on + "\"installationId\")",
                        "_Installation.deviceToken",
                        on + "\"deviceToken\")");
            case "_Idempotency" -> Map.of("_Idempotency_unique_reqId", on + "\"reqId\")", "ttl", on + "\"expire\")");
            default -> Map.of();
        };
    }

    private static String create(String name, String definition) {
        return "CREATE " + (isUnique(name) ? "UNIQUE " : "") + "INDEX IF NOT EXISTS " + SqlText.quote(name)
                + definition;
    }

    private static boolean isUnique(String name) {
        return name.contains("_unique_");
    }

    /**
     * Indexes that tables of the genuine server lack, or of one before its version 8.3: made beside the requests, because the
     * tables may be large.
     */
    void completeIndexes() {
        var there = new LinkedHashSet<String>();
        var sql = new SqlText().add("SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()");
        there.addAll(connections.query(sql, SqlStorage::texts));
        there.forEach(indexes::isThere);
        for (Table table : all()) {
            systemIndexes(table.name()).forEach((name, definition) -> {
                if (!there.contains(name)) {
                    if (isUnique(name)) {
                        indexes.buildUnique(name, () -> definition);
                    } else {
                        indexes.build(name, () -> definition);
                    }
                }
            });
            if (table.name().startsWith("_Join:")) {
                indexes.build(
                        PostgresIndexes.name(table.name(), "owningId"),
                        () -> " ON " + SqlText.quote(table.name()) + " (\"owningId\")");
            }
        }
    }

    /** Both directions are asked: the primary key serves one, an index the other. */
    @Override
    void createJoin(String joinClass) {
        if (super.find(joinClass) != null) {
            return;
        }
        requireShort("Class", joinClass);
        String table = SqlText.quote(joinClass);
        session.execute("CREATE TABLE IF NOT EXISTS " + table + " (\"relatedId\" varchar(120),"
                + " \"owningId\" varchar(120), PRIMARY KEY (\"relatedId\", \"owningId\"))");
        String name = PostgresIndexes.name(joinClass, "owningId");
        session.execute(create(name, " ON " + table + " (\"owningId\")"));
        refresh(joinClass);
    }

    @Override
    void drop(String className) {
        session.execute("DROP TABLE IF EXISTS " + SqlText.quote(className));
        forget(className);
        indexes.forget(className);
    }

    // -- fields

    @Override
    void addField(String className, String field, FieldType type) {
        if (!Layout.hasColumn(className, field, type)) {
            return;
        }
        requireShort("Field", field);
        session.execute("ALTER TABLE IF EXISTS " + SqlText.quote(className) + " ADD COLUMN IF NOT EXISTS "
                + SqlText.quote(field) + " " + definition(className, field, type));
        index(className, field, type);
        refresh(className);
    }

    /** Only rows that have a value are in it, so it is made at once when the field is new. */
    private void index(String className, String field, FieldType type) {
        String name = PostgresIndexes.name(className, field);
        String present = " WHERE " + SqlText.quote(field) + " IS NOT NULL";
        if (type.kind() == Kind.POINTER) {
            session.execute(
                    create(name, " ON " + SqlText.quote(className) + " (" + SqlText.quote(field) + ")" + present));
        } else if (type.kind() == Kind.GEO_POINT) {
            session.execute(create(name, PostgresIndexes.points(className, field) + present));
        }
    }

    @Override
    void dropField(String className, String field, FieldType type) {
        session.execute(
                "ALTER TABLE IF EXISTS " + SqlText.quote(className) + " DROP COLUMN IF EXISTS " + SqlText.quote(field));
        indexes.forget(className);
        refresh(className);
    }

    // -- indexes of the application

    /** Has the plain name, as the genuine server gives it, unless another class has an index of that name. */
    @Override
    void addIndex(ClassSchema schema, String name, Obj keys) {
        Table table = find(schema.className());
        if (table == null) {
            return;
        }
        List<String> fields = keys.fields().keySet().stream().filter(table::has).toList();
        if (fields.isEmpty()) {
            return;
        }
        String owner = ownerOfIndex(name);
        String free = owner == null || owner.equals(schema.className()) ? name : schema.className() + ":" + name;
        session.execute(create(free, " ON " + SqlText.quote(schema.className()) + " " + indexed(schema, fields, keys)));
    }

    /** Arrays and objects by what they hold, shapes by their place, words by language, everything else in order. */
    private static String indexed(ClassSchema schema, List<String> fields, Obj keys) {
        String first = fields.getFirst();
        FieldType type = schema.field(first);
        if (keys.get(first) instanceof Str(String kind) && kind.equals("text") && isKind(type, Kind.STRING)) {
            return "USING gin (" + PostgresText.words(SqlText.quote(first), "english") + ")";
        }
        if (fields.size() == 1 && (isKind(type, Kind.ARRAY) || isKind(type, Kind.OBJECT))) {
            return "USING gin (" + SqlText.quote(first) + " jsonb_path_ops)";
        }
        if (isShape(type)) {
            return "USING gist (" + SqlText.quote(first) + ")";
        }
        var columns = new ArrayList<String>();
        for (String field : fields) {
            if (!isShape(schema.field(field))) {
                boolean down = keys.get(field) instanceof Num(double order) && order < 0;
                columns.add(SqlText.quote(field) + (down ? " DESC NULLS LAST" : " NULLS FIRST"));
            }
        }
        return "(" + String.join(", ", columns) + ")";
    }

    private static boolean isKind(FieldType type, Kind kind) {
        return type != null && type.kind() == kind;
    }

    private static boolean isShape(FieldType type) {
        return isKind(type, Kind.GEO_POINT) || isKind(type, Kind.POLYGON);
    }

    private String ownerOfIndex(String name) {
        var sql = new SqlText()
                .add("SELECT tablename FROM pg_indexes WHERE schemaname = current_schema() AND indexname = ")
                .value(name);
        return session.on(
                connection -> connections.query(connection, sql, rows -> rows.next() ? rows.getString(1) : null));
    }

    @Override
    void dropIndex(String className, String name) {
        for (String candidate : List.of(className + ":" + name, name)) {
            if (className.equals(ownerOfIndex(candidate))) {
                session.execute("DROP INDEX IF EXISTS " + SqlText.quote(candidate));
                return;
            }
        }
    }

    /** The index of the genuine server. Where it cannot be, one of another name that allows the same id twice. */
    @Override
    ParseException indexAuthData(String provider) {
        Table user = find(USER);
        String column = "_authData." + provider + ".id";
        if (user == null || user.has(column)) {
            return null;
        }
        String id = "((\"authData\"->" + literal(provider) + ")->>'id')";
        boolean taken = session.on(connection -> connections.query(
                connection,
                new SqlText()
                        .add("SELECT 1 FROM \"_User\" WHERE " + id + " IS NOT NULL GROUP BY " + id
                                + " HAVING count(*) > 1 LIMIT 1"),
                ResultSet::next));
        String name = taken ? "_User_authData_" + provider + "_id" : "_User_unique_authData_" + provider + "_id";
        session.execute(create(name, " ON \"_User\" (" + id + ") WHERE " + id + " IS NOT NULL"));
        put(find(USER).with(Set.of(column)));
        return taken ? ParseException.duplicate(column) : null;
    }

    /** The tables of classes without a row in {@code _SCHEMA} are made beforehand, as by the genuine server. */
    void createVolatile() {
        for (String className : SystemClasses.VOLATILE) {
            if (super.find(className) == null) {
                create(SystemClasses.initial(className));
            }
        }
    }
}
