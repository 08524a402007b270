package dev.kami.parse.storage.sql;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.schema.SchemaChange;
import dev.kami.parse.schema.SchemaChange.AddField;
import dev.kami.parse.schema.SchemaChange.AddIndex;
import dev.kami.parse.schema.SchemaChange.ChangeFieldOptions;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SchemaChange.DropClass;
import dev.kami.parse.schema.SchemaChange.DropField;
import dev.kami.parse.schema.SchemaChange.DropIndex;
import dev.kami.parse.schema.SchemaChange.IndexAuthData;
import dev.kami.parse.schema.SchemaChange.SetPermissions;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.sql.Tables.Table;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseValue.Obj;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import io.helidon.dbclient.jdbc.JdbcConnectionPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Changes classes: tables first, the row in {@code _SCHEMA} after them. One change at a time, on connections of their own,
 * never on that of a data transaction (H2 commits it with every change of a table). The row is read anew for each change,
 * so a change that another one has already made is passed over.
 *
 * <p>The statements are rare, so they go through Helidon's DbClient. It is built with the first of them;
 * a start on a complete database needs none.
 */
final class SchemaChanges implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** A new field must not take a second. */
    private static final Duration AT_ONCE = Duration.ofMillis(500);

    private final Connections connections;
    private final Connector connector;
    private final SqlDialect dialect;
    private final Tables tables;
    private final Housekeeping housekeeping;
    private final Supplier<DbClient> client;
    private final ReentrantLock lock = new ReentrantLock();

    /** Opens a connection that belongs to the caller. */
    @FunctionalInterface
    interface Connector {
        Connection open() throws SQLException;
    }

    /**
     * @param connector not the pool of {@code connections}: all of that may be held by transactions that wait for this
     *     change to end
     */
    SchemaChanges(Connections connections, Connector connector, SqlDialect dialect) {
        this.connections = connections;
        this.connector = connector;
        this.dialect = dialect;
        this.client = once(() -> client(connector));
        this.tables = new Tables(dialect, this::execute, this::rows);
        this.housekeeping = new Housekeeping(connections, dialect, tables, this::recycle);
    }

    private static DbClient client(Connector connector) {
        JdbcConnectionPool pool = () -> {
            try {
                return connector.open();
            } catch (SQLException e) {
                throw new DbClientException("No connection", e);
            }
        };
        return JdbcClientBuilder.create().connectionPool(pool).build();
    }

    /** Only called under the lock, or before other threads know this object. */
    private static <T> Supplier<T> once(Supplier<T> make) {
        return new Supplier<>() {
            private T made;

            @Override
            public T get() {
                if (made == null) {
                    made = make.get();
                }
                return made;
            }
        };
    }

    Tables tables() {
        return tables;
    }

    /** A statement without parameters. */
    void execute(String sql) {
        try {
            client.get().execute().dml(sql);
        } catch (DbClientException e) {
            throw translated(e);
        }
    }

    private long rows(String table) {
        return client.get()
                .execute()
                .createGet("SELECT COUNT(*) AS \"n\" FROM " + table)
                .execute()
                .map(row -> row.column("n").get(Long.class))
                .orElse(0L);
    }

    private static RuntimeException translated(DbClientException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return SqlErrors.translate(sql);
            }
        }
        return e;
    }

    /** {@code null} when the class has no row. */
    private ClassSchema stored(String className) {
        var sql = new SqlText()
                .add("SELECT \"schema\" FROM \"_SCHEMA\" WHERE \"className\" = ")
                .value(className);
        return separately(connection -> connections.query(
                connection,
                sql,
                rows -> rows.next() ? SchemaRow.fromJson(className, (Obj) JsonReader.read(rows.getBytes(1))) : null));
    }

    private void store(ClassSchema schema, boolean isNew) {
        byte[] json = ColumnCodec.json(SchemaRow.toJson(schema));
        var sql = new SqlText();
        if (isNew) {
            sql.add("INSERT INTO \"_SCHEMA\" (\"schema\", \"isParseClass\", \"className\") VALUES (");
            sql.value(dialect.parameter(ColumnType.JSON), json)
                    .add(", TRUE, ")
                    .value(schema.className())
                    .add(")");
        } else {
            sql.add("UPDATE \"_SCHEMA\" SET \"schema\" = ").value(dialect.parameter(ColumnType.JSON), json);
            sql.add(" WHERE \"className\" = ").value(schema.className());
        }
        separately(connection -> connections.update(connection, sql));
    }

    /** Never on the connection of the open transaction. */
    private <T> T separately(Connections.Work<T> work) {
        try (Connection connection = connector.open()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw SqlErrors.translate(e);
        }
    }

    void ensureTable(ClassSchema schema) {
        lock.lock();
        try {
            if (tables.find(schema.className()) == null) {
                tables.create(schema);
            }
        } finally {
            lock.unlock();
        }
    }

    void change(String className, List<SchemaChange> changes) {
        lock.lock();
        try {
            ClassSchema before = SystemClasses.VOLATILE.contains(className) ? null : stored(className);
            ClassSchema schema = before;
            for (SchemaChange change : changes) {
                schema = apply(className, schema, change);
            }
            if (schema != null && !schema.equals(before) && !SystemClasses.VOLATILE.contains(className)) {
                store(schema, before == null);
            }
        } finally {
            lock.unlock();
        }
    }

    private ClassSchema apply(String className, ClassSchema schema, SchemaChange change) {
        return switch (change) {
            case CreateClass(ClassSchema wanted) -> {
                if (schema == null) {
                    tables.create(wanted);
                    wanted.indexes().forEach((name, keys) -> addIndex(wanted, name, keys));
                }
                yield schema == null ? wanted : schema;
            }
            case DropClass() -> drop(className, schema);
            case AddField(String name, FieldType type) -> addField(className, schema, name, type);
            case DropField(String name, FieldType type) -> dropField(className, schema, name, type);
            case ChangeFieldOptions(String name, FieldType type) ->
                existing(className, schema).withField(name, type);
            case SetPermissions(Obj permissions) -> existing(className, schema).withPermissions(permissions);
            case AddIndex(String name, Obj keys) -> {
                ClassSchema known = existing(className, schema);
                alone(className, () -> addIndex(known, name, keys));
                var indexes = new LinkedHashMap<>(known.indexes());
                indexes.put(name, keys);
                yield known.withIndexes(indexes);
            }
            case DropIndex(String name) -> {
                alone(className, () -> tables.dropIndex(className, name));
                var indexes = new LinkedHashMap<>(existing(className, schema).indexes());
                indexes.remove(name);
                yield schema.withIndexes(indexes);
            }
            case IndexAuthData(String provider) -> {
                tables.indexAuthData(provider);
                yield schema;
            }
        };
    }

    /** Of shapes an index holds one alone. */
    private void addIndex(ClassSchema schema, String name, Obj keys) {
        List<String> fields = List.copyOf(keys.fields().keySet());
        List<String> plain =
                fields.stream().filter(field -> !isShape(schema, field)).toList();
        tables.addIndex(schema.className(), name, plain.isEmpty() ? fields.subList(0, 1) : plain, plain.isEmpty());
    }

    private static boolean isShape(ClassSchema schema, String field) {
        FieldType type = schema.field(field);
        return type != null && (type.kind() == Kind.GEO_POINT || type.kind() == Kind.POLYGON);
    }

    private static ClassSchema existing(String className, ClassSchema schema) {
        if (schema == null) {
            throw new ParseException(ErrorCode.INVALID_CLASS_NAME, "Class " + className + " does not exist.");
        }
        return schema;
    }

    private ClassSchema drop(String className, ClassSchema schema) {
        alone(className, () -> tables.drop(className));
        if (schema != null) {
            schema.fields().forEach((name, type) -> {
                if (type.kind() == Kind.RELATION) {
                    dropJoin(name, className);
                }
            });
        }
        var sql = new SqlText()
                .add("DELETE FROM \"_SCHEMA\" WHERE \"className\" = ")
                .value(className);
        separately(connection -> connections.update(connection, sql));
        return null;
    }

    private ClassSchema addField(String className, ClassSchema schema, String name, FieldType type) {
        ClassSchema known = existing(className, schema);
        FieldType there = known.field(name);
        if (there == null) {
            if (tables.find(className) != null && tables.find(className).has(name)) {
                retire(className, name, type); // left by a change that ended half-way
            }
            addColumn(className, name, type);
            return known.withField(name, type);
        }
        if (!there.sameType(type)) {
            throw new ParseException(
                    ErrorCode.INCORRECT_TYPE,
                    "schema mismatch for " + className + "." + name + "; expected " + there.text() + " but got "
                            + type.text());
        }
        return known;
    }

    /** Without a column the field lives in {@code _overflow}, so a table that is busy for long is no obstacle. */
    private void addColumn(String className, String name, FieldType type) {
        Table before = tables.find(className);
        boolean hasChoice = before != null && before.has(Tables.OVERFLOW);
        boolean changed = connections.alone(
                className, hasChoice ? AT_ONCE : PATIENCE, () -> tables.addField(className, name, type));
        if (!changed && !hasChoice) {
            throw busy(className);
        }
    }

    private void dropJoin(String relation, String className) {
        String joinClass = "_Join:" + relation + ":" + className;
        alone(joinClass, () -> tables.drop(joinClass));
    }

    private void alone(String className, Runnable change) {
        if (!connections.alone(className, PATIENCE, change)) {
            throw busy(className);
        }
    }

    private static ParseException busy(String className) {
        return new ParseException(
                ErrorCode.INTERNAL_SERVER_ERROR,
                "Class " + className + " cannot be changed while a long query or transaction uses it. Try again.");
    }

    private ClassSchema dropField(String className, ClassSchema schema, String name, FieldType type) {
        ClassSchema known = existing(className, schema);
        if (type.kind() == Kind.RELATION) {
            dropJoin(name, className);
        } else {
            retire(className, name, type);
        }
        var indexes = new LinkedHashMap<>(known.indexes());
        known.indexes().forEach((index, keys) -> {
            if (keys.has(name)) {
                alone(className, () -> tables.dropIndex(className, index));
                indexes.remove(index);
            }
        });
        return known.withoutField(name).withIndexes(indexes);
    }

    private void retire(String className, String name, FieldType type) {
        Table table = tables.find(className);
        if (table == null || !Layout.hasColumn(className, name, type)) {
            return;
        }
        if (table.has(name)) {
            alone(className, () -> tables.retireField(className, name, type));
            housekeeping.empty(className);
        } else if (table.has(Tables.OVERFLOW)) {
            housekeeping.removeFromOverflow(className, name);
        }
    }

    /** What the last run has left: retired columns that hold values, and fields of small tables without a column. */
    void tidy() {
        for (Table table : tables.all()) {
            if (!table.retired().isEmpty()) {
                housekeeping.empty(table.name());
            }
        }
        for (ClassSchema schema : load()) {
            Table table = tables.find(schema.className());
            schema.fields().forEach((field, type) -> {
                if (table != null && !table.has(field) && Layout.hasColumn(schema.className(), field, type)) {
                    promote(schema.className(), field, type);
                }
            });
        }
    }

    private void promote(String className, String field, FieldType type) {
        String column = tables.promote(className, field, type);
        if (column != null) {
            housekeeping.moveOutOfOverflow(className, field, type, column);
            tables.promoted(className, field);
        }
    }

    private void recycle(String className, String retired) {
        lock.lock();
        try {
            // If the table is in use now, the next start tries again.
            connections.alone(className, PATIENCE, () -> tables.recycle(className, retired));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        housekeeping.close();
    }

    List<ClassSchema> load() {
        var sql = new SqlText().add("SELECT \"className\", \"schema\" FROM \"_SCHEMA\" ORDER BY \"className\"");
        return connections.query(sql, rows -> {
            var schemas = new ArrayList<ClassSchema>();
            while (rows.next()) {
                schemas.add(SchemaRow.fromJson(rows.getString(1), (Obj) JsonReader.read(rows.getBytes(2))));
            }
            return schemas;
        });
    }
}
