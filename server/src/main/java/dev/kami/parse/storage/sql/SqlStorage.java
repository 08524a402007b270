package dev.kami.parse.storage.sql;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.JoinSide;
import dev.kami.parse.query.Values;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.SchemaChange;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.Capability;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.ObjectSink;
import dev.kami.parse.storage.ScanKey;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.storage.Update;
import dev.kami.parse.storage.sql.Tables.Table;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** The storage adapter for SQL databases. Made by {@link EmbeddedDatabase}. */
public final class SqlStorage implements StorageAdapter {
    /** Results up to this many are read before the sink sees the first, so a slow receiver holds neither connection nor table. */
    private static final int READ_AHEAD = 1_000;

    private final SqlDialect dialect;
    private final Connections connections;
    private final SchemaChanges changes;
    private final Tables tables;
    private final Map<String, Layout> layouts = new ConcurrentHashMap<>();
    private final AutoCloseable database;

    /** @param database closed after the connections */
    SqlStorage(SqlDialect dialect, Connections connections, SchemaChanges changes, AutoCloseable database) {
        this.dialect = dialect;
        this.connections = connections;
        this.changes = changes;
        this.tables = changes.tables();
        this.database = database;
    }

    /** {@code null} when the class has no table yet. */
    private Layout layout(ClassSchema schema) {
        Table table = tables.find(schema.className());
        if (table == null) {
            return null;
        }
        Layout known = layouts.get(schema.className());
        if (known != null && known.schema == schema && known.table == table) {
            return known;
        }
        var fresh = new Layout(schema, table);
        layouts.put(schema.className(), fresh);
        return fresh;
    }

    private void where(Layout layout, Constraint where, boolean ignoreCase, SqlText sql) {
        new WhereCompiler(dialect, layout, name -> tables.find(name) != null, ignoreCase, sql).compile(where);
    }

    @Override
    public List<ClassSchema> loadSchemas() {
        return changes.load();
    }

    @Override
    public void change(String className, List<SchemaChange> steps) {
        changes.change(className, steps);
    }

    @Override
    public void find(Find find, ObjectSink sink) {
        if (find.limit() >= 0 && find.limit() <= READ_AHEAD) {
            var objects = new ArrayList<ParseObject>();
            connections.on(find.schema().className(), () -> stream(find, objects::add));
            objects.forEach(sink::accept);
        } else {
            connections.on(find.schema().className(), () -> stream(find, sink));
        }
    }

    private Void stream(Find find, ObjectSink sink) {
        Layout layout = layout(find.schema());
        if (layout == null || find.limit() == 0) {
            return null;
        }
        RowReader reader = find.fields() == null ? layout.reader() : layout.reader(find.fields());
        return connections.query(select(find, layout, reader.select()), rows -> {
            while (rows.next()) {
                sink.accept(reader.read(rows, dialect));
            }
            return null;
        });
    }

    private SqlText select(Find find, Layout layout, String columns) {
        var sql = new SqlText();
        sql.add("SELECT ").add(columns).add(" FROM ").add(layout.tableSql).add(" WHERE ");
        where(layout, find.where(), find.ignoreCase(), sql);
        new SortCompiler(dialect, layout, sql).compile(find.sort(), find.where());
        if (find.skip() > 0) {
            sql.value(" OFFSET ? ROWS", find.skip());
        }
        if (find.limit() >= 0) {
            sql.value(" FETCH FIRST ? ROWS ONLY", find.limit());
        }
        return sql;
    }

    @Override
    public long count(Find find) {
        return connections.on(find.schema().className(), () -> onCount(find));
    }

    private long onCount(Find find) {
        Layout layout = layout(find.schema());
        if (layout == null) {
            return 0;
        }
        var sql = new SqlText().add("SELECT COUNT(*) FROM ").add(layout.tableSql);
        if (!find.where().equals(Constraint.ALWAYS)) {
            sql.add(" WHERE ");
            where(layout, find.where(), find.ignoreCase(), sql);
        }
        return connections.query(sql, rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }

    @Override
    public List<ParseValue> distinct(Find find, String path) {
        return connections.on(find.schema().className(), () -> onDistinct(find, path));
    }

    private List<ParseValue> onDistinct(Find find, String path) {
        Layout layout = layout(find.schema());
        int dot = path.indexOf('.');
        Column column = layout == null ? null : layout.column(dot < 0 ? path : path.substring(0, dot));
        if (column == null || column.kind() == null || dot >= 0 && !column.hasMembers()) {
            return List.of();
        }
        boolean json = column.storedAs() == ColumnType.JSON;
        var sql = new SqlText();
        sql.add(json ? "SELECT " : "SELECT DISTINCT ").add(column.sql());
        sql.add(" FROM ").add(layout.tableSql).add(" WHERE ").add(column.sql()).add(" IS NOT NULL AND ");
        where(layout, find.where(), find.ignoreCase(), sql);
        String below = column.overflow() ? path : Values.below(path);
        return connections.query(sql, rows -> {
            var values = new LinkedHashSet<ParseValue>();
            while (rows.next()) {
                if (json) {
                    Values.anyLeaf(JsonReader.read(rows.getBytes(1)), below, leaf -> collect(leaf, values));
                } else {
                    values.add((ParseValue) RowReader.value(column, rows, 1, dialect));
                }
            }
            return List.copyOf(values);
        });
    }

    /** Answers false, so that the walk goes on. */
    private static boolean collect(ParseValue leaf, Set<ParseValue> values) {
        if (leaf instanceof Array(var items)) {
            items.forEach(item -> collect(item, values));
        } else if (leaf != null && !(leaf instanceof Null)) {
            values.add(leaf);
        }
        return false;
    }

    @Override
    public ParseValue explain(Find find) {
        return connections.on(find.schema().className(), () -> onExplain(find));
    }

    private ParseValue onExplain(Find find) {
        Layout layout = layout(find.schema());
        if (layout == null) {
            return Obj.of("plan", new Str("The class has no table."));
        }
        boolean run = find.hints().explain() != null && !find.hints().explain().equals("queryPlanner");
        var sql = new SqlText().add(dialect.explain(run));
        SqlText select = select(find, layout, layout.reader().select());
        sql.add(select.text());
        sql.values().addAll(select.values());
        String plan = connections.query(sql, rows -> {
            var lines = new StringBuilder();
            while (rows.next()) {
                lines.append(lines.isEmpty() ? "" : "\n").append(rows.getString(1));
            }
            return lines.toString();
        });
        return Obj.of("plan", new Str(plan));
    }

    @Override
    public void insert(ClassSchema schema, ParseObject object) {
        if (tables.find(schema.className()) == null) {
            changes.ensureTable(schema);
        }
        connections.on(schema.className(), () -> {
            var sql = new SqlText();
            new UpdateCompiler(dialect, layout(schema)).insert(object, sql);
            return connections.update(sql);
        });
    }

    @Override
    public void insertAll(ClassSchema schema, List<ParseObject> objects) {
        if (objects.isEmpty()) {
            return;
        }
        if (tables.find(schema.className()) == null) {
            changes.ensureTable(schema);
        }
        connections.on(schema.className(), () -> {
            var insert = new BulkInsert(dialect, layout(schema));
            return connections.atomically(connection -> {
                connections.batch(connection, insert.sql(), () -> objects.stream()
                        .map(insert::row)
                        .iterator());
                return null;
            });
        });
    }

    /** The order is that of the primary key, without the tie break of a query, so that its index serves each page. */
    @Override
    public void scan(ClassSchema schema, List<String> after, int limit, ObjectSink sink) {
        var objects = new ArrayList<ParseObject>();
        connections.on(schema.className(), () -> onScan(schema, after, limit, objects));
        objects.forEach(sink::accept);
    }

    private Void onScan(ClassSchema schema, List<String> after, int limit, List<ParseObject> objects) {
        Layout layout = layout(schema);
        if (layout == null) {
            return null;
        }
        List<String> key = ScanKey.fields(schema).stream().map(SqlText::quote).toList();
        var sql = new SqlText().add("SELECT ").add(layout.reader().select());
        sql.add(" FROM ").add(layout.tableSql);
        if (!after.isEmpty()) {
            String first = key.getFirst();
            sql.add(" WHERE ").add(first).add(key.size() == 1 ? " > " : " >= ").value(after.getFirst());
            if (key.size() == 2) {
                sql.add(" AND (").add(first).add(" > ").value(after.getFirst());
                sql.add(" OR ")
                        .add(key.getLast())
                        .add(" > ")
                        .value(after.getLast())
                        .add(")");
            }
        }
        if (!key.isEmpty()) {
            sql.add(" ORDER BY ").add(String.join(", ", key)).value(" FETCH FIRST ? ROWS ONLY", limit);
        }
        return connections.query(sql, rows -> {
            while (rows.next()) {
                objects.add(layout.reader().read(rows, dialect));
            }
            return null;
        });
    }

    @Override
    public Optional<ParseObject> updateOne(Update update) {
        return connections.on(update.schema().className(), () -> onUpdateOne(update));
    }

    private Optional<ParseObject> onUpdateOne(Update update) {
        Layout layout = layout(update.schema());
        if (layout == null) {
            return Optional.empty();
        }
        var compiler = new UpdateCompiler(dialect, layout);
        if (!update.ops().isEmpty() && compiler.isPlain(update.ops())) {
            return Optional.ofNullable(updatePlain(layout, compiler, update));
        }
        return Optional.ofNullable(
                connections.atomically(connection -> updateLocked(connection, layout, compiler, update)));
    }

    private ParseObject updatePlain(Layout layout, UpdateCompiler compiler, Update update) {
        RowReader reader = layout.reader();
        var sql = new SqlText();
        dialect.updateOne(
                sql,
                layout.tableSql,
                () -> compiler.assign(update.ops(), sql),
                () -> where(layout, update.where(), false, sql));
        return connections.updateReturning(
                sql, reader.columns(), rows -> rows.next() ? reader.read(rows, dialect) : null);
    }

    /** Reads under a lock, applies the operations in memory, writes what has changed. */
    private ParseObject updateLocked(Connection connection, Layout layout, UpdateCompiler compiler, Update update)
            throws SQLException {
        RowReader reader = layout.reader();
        var sql = new SqlText();
        sql.add("SELECT ")
                .add(reader.select())
                .add(" FROM ")
                .add(layout.tableSql)
                .add(" WHERE ");
        where(layout, update.where(), false, sql);
        sql.add(dialect.forUpdate());
        ParseObject before =
                connections.query(connection, sql, rows -> rows.next() ? reader.read(rows, dialect) : null);
        if (before == null) {
            return null;
        }
        ParseObject after = compiler.applyTo(before, update.ops());
        var write = new SqlText().add("UPDATE ").add(layout.tableSql).add(" SET ");
        if (compiler.assignChanges(before, after, update.ops(), write)) {
            write.add(" WHERE \"objectId\" = ").value(before.objectId());
            connections.update(connection, write);
        }
        return after;
    }

    @Override
    public long updateMany(Update update) {
        return connections.on(update.schema().className(), () -> onUpdateMany(update));
    }

    private long onUpdateMany(Update update) {
        Layout layout = layout(update.schema());
        if (layout == null || update.ops().isEmpty()) {
            return 0;
        }
        var compiler = new UpdateCompiler(dialect, layout);
        if (compiler.isPlain(update.ops())) {
            var sql = new SqlText().add("UPDATE ").add(layout.tableSql).add(" SET ");
            compiler.assign(update.ops(), sql);
            sql.add(" WHERE ");
            where(layout, update.where(), false, sql);
            return connections.update(sql);
        }
        return connections.atomically(connection -> {
            var ids = new SqlText()
                    .add("SELECT \"objectId\" FROM ")
                    .add(layout.tableSql)
                    .add(" WHERE ");
            where(layout, update.where(), false, ids);
            List<String> found = connections.query(connection, ids, SqlStorage::texts);
            long changed = 0;
            for (String id : found) {
                // The row may have changed since its id was read.
                Constraint still = Constraint.and(new EqualTo("objectId", new Str(id)), update.where());
                var one = new Update(update.schema(), still, update.ops());
                changed += updateLocked(connection, layout, compiler, one) == null ? 0 : 1;
            }
            return changed;
        });
    }

    @Override
    public ParseObject upsert(Update update, ParseObject create) {
        for (int attempt = 1; ; attempt++) {
            Optional<ParseObject> updated = updateOne(update);
            if (updated.isPresent()) {
                return updated.get();
            }
            ParseObject object = created(update, create);
            try {
                insert(update.schema(), object);
                return object;
            } catch (ParseException e) {
                requireDuplicate(e);
                if (attempt == 3) {
                    throw e; // of another unique field: trying again changes nothing
                }
                // Somebody else has created it in between: then there is something to update.
            }
        }
    }

    private static ParseObject created(Update update, ParseObject create) {
        ParseObject object = create;
        for (var entry : update.ops().entrySet()) {
            String path = entry.getKey();
            int dot = path.indexOf('.');
            String field = dot < 0 ? path : path.substring(0, dot);
            FieldOp op = entry.getValue();
            object = object.with(
                    field,
                    ColumnCodec.asStored(dev.kami.parse.op.FieldPath.apply(object.get(field), Values.below(path), op)));
        }
        return object;
    }

    @Override
    public long delete(ClassSchema schema, Constraint where) {
        return connections.on(schema.className(), () -> onDelete(schema, where));
    }

    private long onDelete(ClassSchema schema, Constraint where) {
        Layout layout = layout(schema);
        if (layout == null) {
            return 0;
        }
        var sql = new SqlText().add("DELETE FROM ").add(layout.tableSql).add(" WHERE ");
        where(layout, where, false, sql);
        return connections.update(sql);
    }

    @Override
    public void link(String joinClass, String owningId, Collection<String> relatedIds) {
        if (relatedIds.isEmpty()) {
            return;
        }
        if (tables.find(joinClass) == null) {
            changes.ensureTable(SystemClasses.initial(joinClass));
        }
        try {
            linkAll(joinClass, owningId, List.copyOf(relatedIds));
        } catch (ParseException e) {
            requireDuplicate(e);
            // Somebody else added one of them at the same moment; which one only single rows tell.
            relatedIds.forEach(relatedId -> linkOne(joinClass, owningId, relatedId));
        }
    }

    private void linkAll(String joinClass, String owningId, List<String> relatedIds) {
        var sql = new SqlText();
        dialect.link(sql, SqlText.quote(joinClass), owningId, relatedIds);
        connections.update(sql);
    }

    private void linkOne(String joinClass, String owningId, String relatedId) {
        try {
            linkAll(joinClass, owningId, List.of(relatedId));
        } catch (ParseException e) {
            requireDuplicate(e); // then the row is there, as wanted
        }
    }

    private static void requireDuplicate(ParseException e) {
        if (e.code() != ErrorCode.DUPLICATE_VALUE) {
            throw e;
        }
    }

    @Override
    public void unlink(String joinClass, String owningId, Collection<String> relatedIds) {
        if (relatedIds.isEmpty() || tables.find(joinClass) == null) {
            return;
        }
        var sql = new SqlText()
                .add("DELETE FROM ")
                .name(joinClass)
                .add(" WHERE \"owningId\" = ")
                .value(owningId);
        sql.add(" AND \"relatedId\" = ANY(")
                .value(relatedIds.toArray(String[]::new))
                .add(")");
        connections.update(sql);
    }

    @Override
    public List<String> linked(String joinClass, JoinSide select, Collection<String> others) {
        if (others.isEmpty() || tables.find(joinClass) == null) {
            return List.of();
        }
        boolean owning = select == JoinSide.OWNING_ID;
        var sql = new SqlText().add("SELECT DISTINCT ").name(owning ? "owningId" : "relatedId");
        sql.add(" FROM ").name(joinClass).add(" WHERE ").name(owning ? "relatedId" : "owningId");
        sql.add(" = ANY(").value(others.toArray(String[]::new)).add(")");
        return connections.query(sql, SqlStorage::texts);
    }

    private static List<String> texts(ResultSet rows) throws SQLException {
        var texts = new ArrayList<String>();
        while (rows.next()) {
            texts.add(rows.getString(1));
        }
        return texts;
    }

    @Override
    public <T> T inTransaction(Callable<T> work) throws Exception {
        return connections.inTransaction(work);
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.TRANSACTIONS, Capability.EXPLAIN);
    }

    @Override
    public void ping() {
        connections.call(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
                return statement.execute();
            }
        });
    }

    /**
     * Writes a backup while others read and write. See {@link EmbeddedBackup}.
     *
     * @throws dev.kami.parse.storage.StorageOpenException when the file cannot be written
     */
    public void backup(Path target) {
        connections.call(connection -> {
            EmbeddedBackup.write(connection, target);
            return null;
        });
    }

    @Override
    public void close() {
        changes.close();
        connections.close();
        try {
            database.close();
        } catch (Exception e) {
            throw new IllegalStateException("The database did not close cleanly.", e);
        }
    }
}
