package dev.kami.parse.storage.sql;

import dev.kami.parse.error.ParseException;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.value.ParseValue.Obj;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Tables that have columns in store.
 *
 * <p>H2's {@code ALTER TABLE ADD COLUMN} copies the table (13 s at 300,000 rows) while everybody waits; renaming a column
 * changes a name. So a class table carries empty columns of each type, and a new field takes one of them by renaming it:
 *
 * <pre>
 *   _spare_text_1 ... _spare_json_3 ...   empty, ready to become a field
 *   _retired_text_1                       belonged to a dropped field; emptied in batches, then a spare again
 *   _promoting_level                      is being filled from _overflow, then becomes the field's column
 *   _indexing_facebook                    is being indexed, then becomes _authData.facebook.id
 *   _overflow                             JSON object with the fields that found no spare
 * </pre>
 *
 * <p>While a table is small it is copied without regret: missing spares are added then. In a big table that has run out of
 * a type, and in one that a transaction holds for long (perhaps the one that adds the field), a field lives in
 * {@code _overflow}: every statement reaches it there, only without an index. Which fields these are needs no record: a
 * field of the class without a column of its name. None of these names can be a field, because fields begin with a letter.
 *
 * <p>Each step of a change leaves a state that the next start understands: a column nobody knows is retired, a field
 * without a column is empty in {@code _overflow}.
 */
final class SpareTables extends Tables {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** A new field must not take a second. */
    private static final Duration AT_ONCE = Duration.ofMillis(500);

    private static final String SPARE = "_spare_";
    private static final String RETIRED = "_retired_";
    private static final String POINTER = "pointer";
    private static final String SHAPE = "shape";
    private static final String PROMOTING = "_promoting_";
    private static final String INDEXING = "_indexing_";

    /** Rows up to which copying a table takes a fraction of a second. */
    static final long SMALL = 10_000;

    /** Rows up to which an index is built in a fraction of a second. */
    private static final long QUICKLY_INDEXED = 100_000;

    /** Fewer spares than this of one type in a small table, and all types are filled up. */
    private static final int LOW = 2;

    /**
     * How many spares of each type a table gets: about the mix of fields in applications. A null costs a byte in a row.
     * The one for a pointer has its index already, which costs about a microsecond for each row written.
     */
    private static final Map<String, Integer> STOCK = stock();

    private static List<String> retired(Table table) {
        return table.columns().stream()
                .filter(column -> column.startsWith(RETIRED))
                .toList();
    }

    private static List<String> spares(Table table, String group) {
        String prefix = SPARE + group + "_";
        return table.columns().stream()
                .filter(column -> column.startsWith(prefix))
                .toList();
    }

    /** What a field of this type could take, the best first. */
    private static List<String> sparesFor(Table table, FieldType type) {
        var spares = new ArrayList<String>();
        if (type.kind() == Kind.POINTER) {
            spares.addAll(spares(table, POINTER));
        }
        spares.addAll(spares(table, group(ColumnType.of(type.kind()))));
        return spares;
    }

    private final H2Dialect dialect;
    private final Connections connections;
    private final EmbeddedSession session;
    private final ReentrantLock lock;
    private final Housekeeping housekeeping;

    /** @param lock held by whoever calls a method that changes a table */
    SpareTables(H2Dialect dialect, Connections connections, EmbeddedSession session, ReentrantLock lock) {
        this.dialect = dialect;
        this.connections = connections;
        this.session = session;
        this.lock = lock;
        this.housekeeping = new Housekeeping(connections, dialect, this::retired, this::emptied);
    }

    private static Map<String, Integer> stock() {
        var stock = new LinkedHashMap<String, Integer>();
        stock.put(POINTER, 1);
        stock.put(group(ColumnType.TEXT), 8);
        stock.put(group(ColumnType.NUMBER), 6);
        stock.put(group(ColumnType.BOOLEAN), 4);
        stock.put(group(ColumnType.DATE), 4);
        stock.put(group(ColumnType.JSON), 6);
        stock.put(group(ColumnType.POINT), 2);
        return Collections.unmodifiableMap(stock);
    }

    /** As {@code CREATE TABLE} wants it. */
    private String type(String group) {
        return dialect.type(
                switch (group) {
                    case POINTER -> ColumnType.TEXT;
                    case SHAPE -> ColumnType.POINT;
                    default -> ColumnType.valueOf(group.toUpperCase(Locale.ROOT));
                });
    }

    private static String group(ColumnType type) {
        return switch (type) {
            case POINT, POLYGON -> SHAPE;
            default -> type.name().toLowerCase(Locale.ROOT);
        };
    }

    /** All tables, for a start. */
    void load(Map<String, Set<String>> columnsByTable) {
        columnsByTable.forEach((name, columns) -> put(new Table(name, columns)));
    }

    private List<String> retired(String className) {
        Table table = find(className);
        return table == null ? List.of() : retired(table);
    }

    @Override
    void create(ClassSchema schema) {
        String className = schema.className();
        if (className.startsWith("_Join:")) {
            createJoin(className);
            return;
        }
        var columns = new LinkedHashMap<String, String>();
        boolean common = schema.fields().containsKey("createdAt");
        schema.fields().forEach((field, type) -> {
            if (Layout.hasColumn(className, field, type)) {
                columns.put(field, dialect.type(ColumnType.of(type.kind())));
            }
        });
        if (columns.containsKey("objectId")) {
            columns.put("objectId", columns.get("objectId") + " PRIMARY KEY");
        }
        if (className.equals("_User")) {
            Layout.HIDDEN_USER_FIELDS.forEach(
                    (field, type) -> columns.put(field, dialect.type(ColumnType.of(type.kind()))));
        }
        if (common) {
            columns.put(Layout.READERS, dialect.type(ColumnType.TEXT_ARRAY));
            columns.put(Layout.WRITERS, dialect.type(ColumnType.TEXT_ARRAY));
        }
        if (className.equals("_User")) {
            columns.put("_lower_username", lower("username"));
            columns.put("_lower_email", lower("email"));
        }
        if (common && !SystemClasses.VOLATILE.contains(className)) {
            columns.put(OVERFLOW, dialect.type(ColumnType.JSON));
            columns.putAll(spares(new Table(className, Set.of())));
        }
        session.execute("CREATE TABLE IF NOT EXISTS " + SqlText.quote(className) + " (" + definitions(columns) + ")");
        indexes(className).forEach(session::execute);
        indexPointerSpares(className, columns.keySet());
        schema.fields().forEach((field, type) -> {
            if (type.kind() == Kind.POINTER) {
                index(className, field);
            } else if (type.kind() == Kind.RELATION) {
                createJoin(joinClass(field, className));
            }
        });
        if (find(className) == null) {
            put(new Table(className, columns.keySet()));
        }
    }

    private static String lower(String field) {
        return "CHARACTER VARYING GENERATED ALWAYS AS (LOWER(" + SqlText.quote(field) + "))";
    }

    private static String definitions(Map<String, String> columns) {
        return columns.entrySet().stream()
                .map(column -> SqlText.quote(column.getKey()) + " " + column.getValue())
                .collect(Collectors.joining(", "));
    }

    private static List<String> indexes(String className) {
        return switch (className) {
            case "_User" ->
                List.of(
                        unique("_User", "username"),
                        unique("_User", "email"),
                        plain("_User", "case_insensitive_username", "_lower_username"),
                        plain("_User", "case_insensitive_email", "_lower_email"),
                        plain("_User", "_email_verify_token", "_email_verify_token"),
                        plain("_User", "_perishable_token", "_perishable_token"));
            case "_Role" -> List.of(unique("_Role", "name"));
            case "_Installation" ->
                List.of(
                        plain("_Installation", "_Installation.installationId", "installationId"),
                        plain("_Installation", "_Installation.deviceToken", "deviceToken"));
            case "_Session" -> List.of(plain("_Session", "_Session.sessionToken", "sessionToken"));
            case "_Idempotency" -> List.of(unique("_Idempotency", "reqId"), plain("_Idempotency", "ttl", "expire"));
            default -> List.of();
        };
    }

    private static String unique(String className, String field) {
        return unique(className, field, field);
    }

    private static String unique(String className, String name, String column) {
        return "CREATE UNIQUE INDEX IF NOT EXISTS " + SqlText.quote(className + "_unique_" + name) + " ON "
                + SqlText.quote(className) + " (" + SqlText.quote(column) + ")";
    }

    private static String plain(String className, String name, String column) {
        return "CREATE INDEX IF NOT EXISTS " + SqlText.quote(name) + " ON " + SqlText.quote(className) + " ("
                + SqlText.quote(column) + ")";
    }

    private void index(String className, String field) {
        session.execute(plain(className, className + "." + field, field));
    }

    /** Both directions are asked: the primary key serves one, an index the other. */
    @Override
    void createJoin(String joinClass) {
        if (find(joinClass) != null) {
            return;
        }
        String table = SqlText.quote(joinClass);
        session.execute("CREATE TABLE IF NOT EXISTS " + table + " (\"relatedId\" CHARACTER VARYING(120),"
                + " \"owningId\" CHARACTER VARYING(120), PRIMARY KEY (\"relatedId\", \"owningId\"))");
        index(joinClass, "owningId");
        put(new Table(joinClass, Set.of("relatedId", "owningId")));
    }

    private void alone(String className, Runnable change) {
        if (!connections.alone(className, PATIENCE, change)) {
            throw busy(className);
        }
    }

    @Override
    void drop(String className) {
        alone(className, () -> {
            session.execute("DROP TABLE IF EXISTS " + SqlText.quote(className));
            forget(className);
        });
    }

    /** Without a column the field lives in {@code _overflow}, so a table that is busy for long is no obstacle. */
    @Override
    void addField(String className, String field, FieldType type) {
        Table table = find(className);
        if (table != null && table.has(field)) {
            dropField(className, field, type); // left by a change that ended half-way
        }
        boolean hasChoice = table != null && table.has(OVERFLOW);
        boolean changed = connections.alone(className, hasChoice ? AT_ONCE : PATIENCE, () -> {
            Table now = find(className);
            if (now != null && !now.has(field) && Layout.hasColumn(className, field, type)) {
                addColumn(now, field, type, field);
            }
        });
        if (!changed && !hasChoice) {
            throw busy(className);
        }
    }

    /** Gives a field a column called {@code name}, or none when the table is big and has no spare. */
    private boolean addColumn(Table table, String field, FieldType type, String name) {
        String className = table.name();
        List<String> spares = sparesFor(table, type);
        String spare = spares.isEmpty() ? null : spares.getFirst();
        if (spare != null) {
            rename(table, spare, name);
        }
        long size = spares.size() <= LOW || type.kind() == Kind.POINTER ? session.rows(SqlText.quote(className)) : -1;
        if (spares.size() <= LOW && size < SMALL) {
            var more = new LinkedHashMap<String, String>();
            if (spare == null) {
                more.put(name, dialect.type(ColumnType.of(type.kind())));
            }
            if (table.has(OVERFLOW)) {
                more.putAll(spares(find(className)));
            }
            add(find(className), more);
            indexPointerSpares(className, more.keySet());
        }
        if (!find(className).has(name)) {
            return false;
        }
        if (type.kind() == Kind.POINTER) {
            if (spare != null && spare.startsWith(SPARE + POINTER)) {
                session.execute("ALTER INDEX " + SqlText.quote(className + "." + spare) + " RENAME TO "
                        + SqlText.quote(className + "." + field));
            } else if (size < QUICKLY_INDEXED) {
                session.execute(plain(className, className + "." + field, name));
            }
        }
        return true;
    }

    private void indexPointerSpares(String className, Set<String> columns) {
        columns.stream()
                .filter(column -> column.startsWith(SPARE + POINTER))
                .forEach(column -> index(className, column));
    }

    /**
     * Prepares a column for a field that lives in {@code _overflow}.
     *
     * @return its name, {@code null} when the table is still too big
     */
    private String prepare(String className, String field, FieldType type) {
        Table table = find(className);
        String name = PROMOTING + field;
        if (table == null || !table.has(OVERFLOW)) {
            return null;
        }
        boolean ready = table.has(name)
                || session.rows(SqlText.quote(className)) < SMALL && addColumn(table, field, type, name);
        return ready ? name : null;
    }

    private void promote(String className, String field, FieldType type) {
        String column = prepare(className, field, type);
        if (column != null) {
            housekeeping.moveOutOfOverflow(className, field, type, column);
            rename(find(className), column, field);
        }
    }

    /** What the last run has left: retired columns that hold values, and fields of small tables without a column. */
    @Override
    void tidy(List<ClassSchema> schemas) {
        for (Table table : all()) {
            if (!retired(table).isEmpty()) {
                housekeeping.empty(table.name());
            }
        }
        for (ClassSchema schema : schemas) {
            Table table = find(schema.className());
            schema.fields().forEach((field, type) -> {
                if (table != null && !table.has(field) && Layout.hasColumn(schema.className(), field, type)) {
                    promote(schema.className(), field, type);
                }
            });
        }
    }

    /** The spares that a table lacks, numbered anew. */
    private Map<String, String> spares(Table table) {
        var missing = new LinkedHashMap<String, String>();
        STOCK.forEach((group, count) -> {
            int there = spares(table, group).size();
            for (int number = 1; there < count; number++) {
                String name = SPARE + group + "_" + number;
                if (!table.has(name)) {
                    missing.put(name, type(group));
                    there++;
                }
            }
        });
        return missing;
    }

    private void add(Table table, Map<String, String> columns) {
        if (columns.isEmpty()) {
            return;
        }
        session.execute("ALTER TABLE " + SqlText.quote(table.name()) + " ADD COLUMN (" + definitions(columns) + ")");
        put(table.with(columns.keySet()));
    }

    private void rename(Table table, String from, String to) {
        session.execute("ALTER TABLE " + SqlText.quote(table.name()) + " ALTER COLUMN " + SqlText.quote(from)
                + " RENAME TO " + SqlText.quote(to));
        put(table.renamed(from, to));
    }

    /** Takes the column out of sight at once; it is emptied later. */
    @Override
    void dropField(String className, String field, FieldType type) {
        Table table = find(className);
        if (table == null) {
            return;
        }
        if (table.has(field)) {
            alone(className, () -> {
                session.execute("DROP INDEX IF EXISTS " + SqlText.quote(className + "." + field));
                Table now = find(className);
                rename(now, field, free(now, RETIRED + group(ColumnType.of(type.kind())) + "_"));
            });
            housekeeping.empty(className);
        } else if (table.has(OVERFLOW)) {
            housekeeping.removeFromOverflow(className, field);
        }
    }

    private static String free(Table table, String prefix) {
        int number = 1;
        while (table.has(prefix + number)) {
            number++;
        }
        return prefix + number;
    }

    /** The emptied column becomes a spare. If the table is in use now, the next start tries again. */
    private void emptied(String className, String retired) {
        lock.lock();
        try {
            connections.alone(className, PATIENCE, () -> {
                Table table = find(className);
                if (table != null && table.has(retired)) {
                    String group = retired.substring(RETIRED.length(), retired.lastIndexOf('_'));
                    rename(table, retired, free(table, SPARE + group + "_"));
                }
            });
        } finally {
            lock.unlock();
        }
    }

    @Override
    void addIndex(ClassSchema schema, String name, Obj keys) {
        String className = schema.className();
        alone(className, () -> {
            Table table = find(className);
            List<String> fields = table == null
                    ? List.of()
                    : keys.fields().keySet().stream().filter(table::has).toList();
            List<String> plain =
                    fields.stream().filter(field -> !isShape(schema, field)).toList();
            boolean shape = plain.isEmpty(); // of shapes an index holds one alone
            List<String> columns = shape ? fields.stream().limit(1).toList() : plain;
            if (!columns.isEmpty()) {
                session.execute((shape ? "CREATE SPATIAL INDEX" : "CREATE INDEX") + " IF NOT EXISTS "
                        + SqlText.quote(indexName(className, name)) + " ON " + SqlText.quote(className) + " ("
                        + columns.stream().map(SqlText::quote).collect(Collectors.joining(", ")) + ")");
            }
        });
    }

    private static boolean isShape(ClassSchema schema, String field) {
        FieldType type = schema.field(field);
        return type != null && (type.kind() == Kind.GEO_POINT || type.kind() == Kind.POLYGON);
    }

    /**
     * A generated column holds what is there, as JSON; its name is the path behind an underscore, which it gets when its
     * index is complete. Copies the table, once.
     */
    @Override
    ParseException indexAuthData(String provider) {
        String column = "_authData." + provider + ".id";
        String unfinished = INDEXING + provider;
        Table table = find(USER);
        if (table == null || table.has(column)) {
            return null;
        }
        if (!table.has(unfinished)) {
            String id = "(\"authData\")." + SqlText.quote(provider) + ".\"id\"";
            add(
                    table,
                    Map.of(
                            unfinished,
                            "CHARACTER VARYING GENERATED ALWAYS AS (NULLIF(CAST(" + id
                                    + " AS CHARACTER VARYING), 'null'))"));
        }
        ParseException taken = null;
        try {
            session.execute(unique(USER, "authData_" + provider + "_id", unfinished));
        } catch (ParseException duplicate) {
            taken = duplicate;
            session.execute(plain(USER, "authData_" + provider + "_id", unfinished));
        }
        rename(find(USER), unfinished, column);
        return taken;
    }

    @Override
    void dropIndex(String className, String name) {
        alone(className, () -> session.execute("DROP INDEX IF EXISTS " + SqlText.quote(indexName(className, name))));
    }

    @Override
    public void close() {
        housekeeping.close();
    }

    /** Index names are unique in the whole database; two classes may both have an index {@code byName}. */
    private static String indexName(String className, String name) {
        return className + ":" + name;
    }
}
