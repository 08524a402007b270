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
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Changes classes: tables first, the row in {@code _SCHEMA} after them. One change at a time, never on the connection of a
 * data transaction. The row is read anew for each change, so a change that another one has already made is passed over.
 */
final class SchemaChanges implements AutoCloseable {
    private final Connections connections;
    private final SqlDialect dialect;
    private final SchemaSession session;
    private final Tables tables;
    private final ReentrantLock lock;

    /** @param lock of everything that changes tables */
    SchemaChanges(
            Connections connections, SqlDialect dialect, SchemaSession session, Tables tables, ReentrantLock lock) {
        this.connections = connections;
        this.dialect = dialect;
        this.session = session;
        this.tables = tables;
        this.lock = lock;
    }

    /** A class as its row says, and the row itself, in which other servers may keep more than this one knows. */
    private record Stored(ClassSchema schema, Obj row) {
        private static final Stored NONE = new Stored(null, null);
    }

    Tables tables() {
        return tables;
    }

    private Stored stored(String className) {
        var sql = new SqlText()
                .add("SELECT \"schema\" FROM \"_SCHEMA\" WHERE \"className\" = ")
                .value(className);
        return session.on(connection -> connections.query(connection, sql, rows -> {
            if (!rows.next()) {
                return Stored.NONE;
            }
            var row = (Obj) JsonReader.read(rows.getBytes(1));
            return new Stored(tables.inOrder(SchemaRow.fromJson(className, row)), row);
        }));
    }

    private void store(ClassSchema schema, Stored before) {
        byte[] json = ColumnCodec.json(SchemaRow.toJson(schema, before.row()));
        String parameter = dialect.parameter(ColumnType.JSON);
        var sql = new SqlText();
        if (before.schema() == null) {
            sql.add("INSERT INTO \"_SCHEMA\" (\"schema\", \"isParseClass\", \"className\") VALUES (");
            sql.value(parameter, json).add(", TRUE, ").value(schema.className()).add(")");
        } else {
            sql.add("UPDATE \"_SCHEMA\" SET \"schema\" = ").value(parameter, json);
            sql.add(" WHERE \"className\" = ").value(schema.className());
        }
        session.on(connection -> connections.update(connection, sql));
    }

    /**
     * One change at a time. An open data transaction lets go of what it holds meanwhile where it would be in the way, before
     * it waits for others.
     */
    <T> T alone(Supplier<T> change) {
        return connections.outside(() -> {
            lock.lock();
            try {
                return session.together(change);
            } finally {
                lock.unlock();
            }
        });
    }

    void ensureTable(ClassSchema schema) {
        alone(() -> {
            if (tables.find(schema.className()) == null) {
                tables.create(schema);
            }
            return null;
        });
    }

    void change(String className, List<SchemaChange> changes) {
        ParseException problem = alone(() -> applyAll(className, changes));
        if (problem != null) {
            throw problem;
        }
    }

    /** @return what the caller has to know although the changes stand, or {@code null} */
    private ParseException applyAll(String className, List<SchemaChange> changes) {
        Stored before = SystemClasses.VOLATILE.contains(className) ? Stored.NONE : stored(className);
        ClassSchema schema = before.schema();
        ParseException problem = null;
        for (SchemaChange change : changes) {
            if (change instanceof IndexAuthData(String provider)) {
                problem = tables.indexAuthData(provider);
            } else {
                schema = apply(className, schema, change);
            }
        }
        if (schema != null && !schema.equals(before.schema()) && !SystemClasses.VOLATILE.contains(className)) {
            store(schema, before);
        }
        return problem;
    }

    private ClassSchema apply(String className, ClassSchema schema, SchemaChange change) {
        return switch (change) {
            case CreateClass(ClassSchema wanted) -> create(schema, wanted);
            case DropClass() -> drop(className, schema);
            case AddField(String name, FieldType type) -> addField(className, schema, name, type);
            case DropField(String name, FieldType type) -> dropField(className, schema, name, type);
            case ChangeFieldOptions(String name, FieldType type) ->
                existing(className, schema).withField(name, type);
            case SetPermissions(Obj permissions) -> existing(className, schema).withPermissions(permissions);
            case AddIndex(String name, Obj keys) -> {
                var indexes = new LinkedHashMap<>(existing(className, schema).indexes());
                tables.addIndex(schema, name, keys);
                indexes.put(name, keys);
                yield schema.withIndexes(indexes);
            }
            case DropIndex(String name) -> {
                tables.dropIndex(className, name);
                var indexes = new LinkedHashMap<>(existing(className, schema).indexes());
                indexes.remove(name);
                yield schema.withIndexes(indexes);
            }
            case IndexAuthData _ -> throw new IllegalStateException("not a change of the schema");
        };
    }

    /** Somebody may have made the class in the meantime; then it gets the fields that it lacks. */
    private ClassSchema create(ClassSchema existing, ClassSchema wanted) {
        if (existing == null) {
            tables.create(wanted);
            wanted.indexes().forEach((name, keys) -> tables.addIndex(wanted, name, keys));
            return wanted;
        }
        ClassSchema schema = existing;
        for (var field : wanted.fields().entrySet()) {
            schema = addField(wanted.className(), schema, field.getKey(), field.getValue());
        }
        return schema;
    }

    private static ClassSchema existing(String className, ClassSchema schema) {
        if (schema == null) {
            throw new ParseException(ErrorCode.INVALID_CLASS_NAME, "Class " + className + " does not exist.");
        }
        return schema;
    }

    private ClassSchema drop(String className, ClassSchema schema) {
        tables.drop(className);
        if (schema != null) {
            schema.fields().forEach((name, type) -> {
                if (type.kind() == Kind.RELATION) {
                    tables.drop(Tables.joinClass(name, className));
                }
            });
        }
        var sql = new SqlText()
                .add("DELETE FROM \"_SCHEMA\" WHERE \"className\" = ")
                .value(className);
        session.on(connection -> connections.update(connection, sql));
        return null;
    }

    private ClassSchema addField(String className, ClassSchema schema, String name, FieldType type) {
        ClassSchema known = existing(className, schema);
        FieldType there = known.field(name);
        if (there == null) {
            if (type.kind() == Kind.RELATION) {
                tables.createJoin(Tables.joinClass(name, className));
            } else {
                tables.addField(className, name, type);
            }
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

    private ClassSchema dropField(String className, ClassSchema schema, String name, FieldType type) {
        ClassSchema known = existing(className, schema);
        if (type.kind() == Kind.RELATION) {
            tables.drop(Tables.joinClass(name, className));
        } else if (Layout.hasColumn(className, name, type)) {
            tables.dropField(className, name, type);
        }
        var indexes = new LinkedHashMap<>(known.indexes());
        known.indexes().forEach((index, keys) -> {
            if (keys.has(name)) {
                tables.dropIndex(className, index);
                indexes.remove(index);
            }
        });
        return known.withoutField(name).withIndexes(indexes);
    }

    void tidy() {
        tables.tidy(load());
    }

    @Override
    public void close() {
        tables.close();
    }

    List<ClassSchema> load() {
        var sql = new SqlText().add("SELECT \"className\", \"schema\" FROM \"_SCHEMA\" ORDER BY \"className\"");
        return connections
                .query(sql, rows -> {
                    var schemas = new ArrayList<ClassSchema>();
                    while (rows.next()) {
                        schemas.add(SchemaRow.fromJson(rows.getString(1), (Obj) JsonReader.read(rows.getBytes(2))));
                    }
                    return schemas;
                })
                .stream()
                .map(tables::inOrder)
                .toList();
    }
}
