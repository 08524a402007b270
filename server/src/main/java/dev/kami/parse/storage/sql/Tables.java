package dev.kami.parse.storage.sql;

import dev.kami.parse.error.ParseException;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.schema.SystemClasses;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The tables as they are, and the only code that changes them.
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
 * without a column is empty in {@code _overflow}. Not for several threads; {@link SchemaChanges} holds a lock.
 */
final class Tables {
    static final String OVERFLOW = "_overflow";
    private static final String SPARE = "_spare_";
    private static final String RETIRED = "_retired_";
    private static final String POINTER = "pointer";
    private static final String SHAPE = "shape";
    private static final String PROMOTING = "_promoting_";
    private static final String INDEXING = "_indexing_";
    private static final String USER = "_User";

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

    /**
     * @param columns all names, spares and retired ones included
     */
    record Table(String name, Set<String> columns) {
        Table {
            columns = Collections.unmodifiableSet(new LinkedHashSet<>(columns));
        }

        boolean has(String column) {
            return columns.contains(column);
        }

        List<String> retired() {
            return columns.stream().filter(column -> column.startsWith(RETIRED)).toList();
        }

        private List<String> spares(String group) {
            String prefix = SPARE + group + "_";
            return columns.stream().filter(column -> column.startsWith(prefix)).toList();
        }

        /** What a field of this type could take, the best first. */
        private List<String> sparesFor(FieldType type) {
            var spares = new ArrayList<String>();
            if (type.kind() == Kind.POINTER) {
                spares.addAll(spares(POINTER));
            }
            spares.addAll(spares(group(ColumnType.of(type.kind()))));
            return spares;
        }

        Table renamed(String from, String to) {
            var names = new LinkedHashSet<String>();
            columns.forEach(column -> names.add(column.equals(from) ? to : column));
            return new Table(name, names);
        }

        Table with(List<String> more) {
            var names = new LinkedHashSet<>(columns);
            names.addAll(more);
            return new Table(name, names);
        }
    }

    private final SqlDialect dialect;
    private final Map<String, Table> tables = new ConcurrentHashMap<>();
    private final Consumer<String> ddl;
    private final ToLongFunction<String> rows;

    /**
     * @param ddl runs a statement that changes a table, on a connection of its own
     * @param rows number of rows of a table (quoted name)
     */
    Tables(SqlDialect dialect, Consumer<String> ddl, ToLongFunction<String> rows) {
        this.dialect = dialect;
        this.ddl = ddl;
        this.rows = rows;
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

    /** The table of a class, {@code null} when there is none. */
    Table find(String className) {
        return tables.get(className);
    }

    /** All tables, for a start or after somebody else has changed them. */
    void load(Map<String, Set<String>> columnsByTable) {
        columnsByTable.forEach((name, columns) -> tables.put(name, new Table(name, columns)));
    }

    List<Table> all() {
        return List.copyOf(tables.values());
    }

    /** The table, with its indexes, made when missing. */
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
        ddl.accept("CREATE TABLE IF NOT EXISTS " + SqlText.quote(className) + " (" + definitions(columns) + ")");
        indexes(className).forEach(ddl);
        indexPointerSpares(className, columns.keySet());
        schema.fields().forEach((field, type) -> {
            if (type.kind() == Kind.POINTER) {
                index(className, field);
            } else if (type.kind() == Kind.RELATION) {
                createJoin("_Join:" + field + ":" + className);
            }
        });
        tables.putIfAbsent(className, new Table(className, columns.keySet()));
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
        ddl.accept(plain(className, className + "." + field, field));
    }

    /** Both directions are asked: the primary key serves one, an index the other. */
    void createJoin(String joinClass) {
        if (tables.containsKey(joinClass)) {
            return;
        }
        String table = SqlText.quote(joinClass);
        ddl.accept("CREATE TABLE IF NOT EXISTS " + table + " (\"relatedId\" CHARACTER VARYING(120),"
                + " \"owningId\" CHARACTER VARYING(120), PRIMARY KEY (\"relatedId\", \"owningId\"))");
        index(joinClass, "owningId");
        tables.put(joinClass, new Table(joinClass, Set.of("relatedId", "owningId")));
    }

    void drop(String className) {
        ddl.accept("DROP TABLE IF EXISTS " + SqlText.quote(className));
        tables.remove(className);
    }

    void addField(String className, String field, FieldType type) {
        if (type.kind() == Kind.RELATION) {
            createJoin("_Join:" + field + ":" + className);
            return;
        }
        Table table = tables.get(className);
        if (table != null && !table.has(field) && Layout.hasColumn(className, field, type)) {
            addColumn(table, field, type, field);
        }
    }

    /** Gives a field a column called {@code name}, or none when the table is big and has no spare. */
    private boolean addColumn(Table table, String field, FieldType type, String name) {
        String className = table.name();
        List<String> spares = table.sparesFor(type);
        String spare = spares.isEmpty() ? null : spares.getFirst();
        if (spare != null) {
            rename(table, spare, name);
        }
        long size =
                spares.size() <= LOW || type.kind() == Kind.POINTER ? rows.applyAsLong(SqlText.quote(className)) : -1;
        if (spares.size() <= LOW && size < SMALL) {
            var more = new LinkedHashMap<String, String>();
            if (spare == null) {
                more.put(name, dialect.type(ColumnType.of(type.kind())));
            }
            if (table.has(OVERFLOW)) {
                more.putAll(spares(tables.get(className)));
            }
            add(tables.get(className), more);
            indexPointerSpares(className, more.keySet());
        }
        if (!tables.get(className).has(name)) {
            return false;
        }
        if (type.kind() == Kind.POINTER) {
            if (spare != null && spare.startsWith(SPARE + POINTER)) {
                ddl.accept("ALTER INDEX " + SqlText.quote(className + "." + spare) + " RENAME TO "
                        + SqlText.quote(className + "." + field));
            } else if (size < QUICKLY_INDEXED) {
                ddl.accept(plain(className, className + "." + field, name));
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
     * Prepares a column for a field that lives in {@code _overflow}; {@link #promoted} ends what this begins.
     *
     * @return its name, {@code null} when the table is still too big
     */
    String promote(String className, String field, FieldType type) {
        Table table = tables.get(className);
        String name = PROMOTING + field;
        if (table == null || !table.has(OVERFLOW)) {
            return null;
        }
        boolean ready = table.has(name)
                || rows.applyAsLong(SqlText.quote(className)) < SMALL && addColumn(table, field, type, name);
        return ready ? name : null;
    }

    void promoted(String className, String field) {
        rename(tables.get(className), PROMOTING + field, field);
    }

    /** The spares that a table lacks, numbered anew. */
    private Map<String, String> spares(Table table) {
        var missing = new LinkedHashMap<String, String>();
        STOCK.forEach((group, count) -> {
            int there = table.spares(group).size();
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
        ddl.accept("ALTER TABLE " + SqlText.quote(table.name()) + " ADD COLUMN (" + definitions(columns) + ")");
        tables.put(table.name(), table.with(new ArrayList<>(columns.keySet())));
    }

    private void rename(Table table, String from, String to) {
        ddl.accept("ALTER TABLE " + SqlText.quote(table.name()) + " ALTER COLUMN " + SqlText.quote(from) + " RENAME TO "
                + SqlText.quote(to));
        tables.put(table.name(), table.renamed(from, to));
    }

    /** Takes the column out of sight at once. {@link #retired} tells what is left to be emptied. */
    void retireField(String className, String field, FieldType type) {
        Table table = tables.get(className);
        if (table.has(field)) {
            ddl.accept("DROP INDEX IF EXISTS " + SqlText.quote(className + "." + field));
            rename(table, field, free(table, RETIRED + group(ColumnType.of(type.kind())) + "_"));
        }
    }

    private static String free(Table table, String prefix) {
        int number = 1;
        while (table.has(prefix + number)) {
            number++;
        }
        return prefix + number;
    }

    /** The emptied column becomes a spare. */
    void recycle(String className, String retired) {
        Table table = tables.get(className);
        if (table != null && table.has(retired)) {
            String group = retired.substring(RETIRED.length(), retired.lastIndexOf('_'));
            rename(table, retired, free(table, SPARE + group + "_"));
        }
    }

    /** @param shape the one field is a GeoPoint or Polygon */
    void addIndex(String className, String name, List<String> fields, boolean shape) {
        Table table = tables.get(className);
        if (table == null) {
            return;
        }
        List<String> columns =
                fields.stream().filter(table::has).map(SqlText::quote).toList();
        if (!columns.isEmpty()) {
            ddl.accept((shape ? "CREATE SPATIAL INDEX" : "CREATE INDEX") + " IF NOT EXISTS "
                    + SqlText.quote(indexName(className, name)) + " ON " + SqlText.quote(className) + " ("
                    + String.join(", ", columns) + ")");
        }
    }

    /**
     * Makes the text at {@code authData.<provider>.id} findable, and unique. A generated column holds what is there, as
     * JSON; its name is the path behind an underscore, which it gets when its index is complete. Copies the table, once.
     *
     * @throws ParseException 137 when two rows have the same already: then it is only findable
     */
    void indexAuthData(String provider) {
        String column = "_authData." + provider + ".id";
        String unfinished = INDEXING + provider;
        Table table = tables.get(USER);
        if (table == null || table.has(column)) {
            return;
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
            ddl.accept(unique(USER, "authData_" + provider + "_id", unfinished));
        } catch (ParseException duplicate) {
            taken = duplicate;
            ddl.accept(plain(USER, "authData_" + provider + "_id", unfinished));
        }
        rename(tables.get(USER), unfinished, column);
        if (taken != null) {
            throw taken;
        }
    }

    void dropIndex(String className, String name) {
        ddl.accept("DROP INDEX IF EXISTS " + SqlText.quote(indexName(className, name)));
    }

    /** Index names are unique in the whole database; two classes may both have an index {@code byName}. */
    private static String indexName(String className, String name) {
        return className + ":" + name;
    }
}
