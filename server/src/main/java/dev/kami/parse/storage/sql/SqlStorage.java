package dev.kami.parse.storage.sql;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.And;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.JoinSide;
import dev.kami.parse.query.ReadHints;
import dev.kami.parse.query.Values;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.SchemaChange;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.Capability;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.ObjectSink;
import dev.kami.parse.storage.ScanKey;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.storage.StorageOpenException;
import dev.kami.parse.storage.Update;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** The storage adapter for SQL databases. Made by {@link EmbeddedDatabase} and {@link PostgresDatabase}. */
public final class SqlStorage implements StorageAdapter {
    /** Results up to this many are read before the sink sees the first, so a slow receiver holds neither connection nor table. */
    private static final int READ_AHEAD = 1_000;

    /** Objects tried one after the other when each is changed by others before it can be locked. */
    private static final int CANDIDATES = 10;

    private final SqlDialect dialect;
    private final Connections connections;
    private final SchemaChanges changes;
    private final Tables tables;
    private final Map<String, Layout> layouts = new ConcurrentHashMap<>();
    private final AutoCloseable database;
    private volatile Runnable schemaChanged = () -> {};

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

    /** Appends a condition, and returns what has to be tested for each row that fulfils it; {@code null} for nothing. */
    private Residual where(Layout layout, Constraint where, boolean ignoreCase, SqlText sql) {
        if (!(where instanceof And(var parts)) || parts.isEmpty()) {
            return isExact(layout, where, ignoreCase, sql) ? null : Residual.of(where, ignoreCase);
        }
        var inexact = new ArrayList<Constraint>();
        String before = "(";
        for (Constraint part : parts) {
            sql.add(before);
            if (!isExact(layout, part, ignoreCase, sql)) {
                inexact.add(part);
            }
            before = " AND ";
        }
        sql.add(")");
        return inexact.isEmpty() ? null : Residual.of(Constraint.and(inexact), ignoreCase);
    }

    private boolean isExact(Layout layout, Constraint where, boolean ignoreCase, SqlText sql) {
        return new WhereCompiler(dialect, layout, name -> tables.find(name) != null, ignoreCase, sql).isExact(where);
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
            connections.on(find.schema().className(), () -> read(find, objects::add));
            objects.forEach(sink::accept);
        } else {
            connections.on(find.schema().className(), () -> read(find, sink));
        }
    }

    private Void read(Find find, ObjectSink sink) {
        Layout layout = layout(find.schema());
        if (layout == null || find.limit() == 0) {
            return null;
        }
        Selection selection = select(find, layout, find.fields());
        Connections.Rows<Void> rows = result -> {
            int skip = selection.residual() == null ? 0 : find.skip();
            int left = selection.residual() == null || find.limit() < 0 ? Integer.MAX_VALUE : find.limit();
            while (left > 0 && result.next()) {
                ParseObject object = selection.read(result, dialect);
                if (object != null && skip > 0) {
                    skip--;
                } else if (object != null) {
                    sink.accept(object);
                    left--;
                }
            }
            return null;
        };
        boolean many = selection.residual() != null || find.limit() < 0 || find.limit() > READ_AHEAD;
        return many ? connections.stream(selection.sql(), rows) : connections.query(selection.sql(), rows);
    }

    /** @param fields {@code null} for all */
    private Selection select(Find find, Layout layout, Set<String> fields) {
        return select(find, layout, fields, "");
    }

    /** @param ending of the statement: {@code FOR UPDATE} */
    private Selection select(Find find, Layout layout, Set<String> fields, String ending) {
        var condition = new SqlText();
        Residual residual = where(layout, find.where(), find.ignoreCase(), condition);
        boolean more = residual != null && fields != null && !fields.containsAll(residual.fields());
        RowReader reader =
                fields == null ? layout.reader() : layout.reader(more ? residual.fieldsWith(fields) : fields);
        var sql = new SqlText().add("SELECT ").add(reader.select());
        if (residual != null) {
            for (Constraint joined : residual.joined()) {
                sql.add(", (");
                isExact(layout, joined, false, sql);
                sql.add(")");
            }
        }
        sql.add(" FROM ").add(layout.tableSql).add(" WHERE ").append(condition);
        new SortCompiler(dialect, layout, sql).compile(find.sort(), find.where());
        if (residual == null) {
            if (find.skip() > 0) {
                sql.value(" OFFSET ? ROWS", find.skip());
            }
            if (find.limit() >= 0) {
                sql.value(" FETCH FIRST ? ROWS ONLY", find.limit());
            }
        }
        return new Selection(sql.add(ending), reader, residual, more ? fields : null);
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
            if (where(layout, find.where(), find.ignoreCase(), sql) != null) {
                return countOneByOne(find, layout);
            }
        }
        return connections.query(sql, rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }

    private long countOneByOne(Find find, Layout layout) {
        Selection selection = select(unordered(find.schema(), find.where(), find.ignoreCase()), layout, Set.of());
        return connections.stream(selection.sql(), rows -> {
            long count = 0;
            while (rows.next()) {
                count += selection.read(rows, dialect) == null ? 0 : 1;
            }
            return count;
        });
    }

    private static Find unordered(ClassSchema schema, Constraint where, boolean ignoreCase) {
        return new Find(schema, where, List.of(), 0, -1, null, ignoreCase, ReadHints.NONE);
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
        sql.add(dialect.isComparable(column.storedAs()) ? "SELECT DISTINCT " : "SELECT ")
                .add(column.sql());
        sql.add(" FROM ").add(layout.tableSql).add(" WHERE ").add(column.sql()).add(" IS NOT NULL AND ");
        String below = column.overflow() ? path : Values.below(path);
        var values = new LinkedHashSet<ParseValue>();
        if (where(layout, find.where(), find.ignoreCase(), sql) != null) {
            String field = column.field();
            Find all = unordered(find.schema(), find.where(), find.ignoreCase());
            Selection selection = select(all, layout, Set.of(field));
            connections.stream(selection.sql(), rows -> {
                while (rows.next()) {
                    ParseObject object = selection.read(rows, dialect);
                    if (object != null) {
                        Values.anyLeaf(object.get(field), Values.below(path), leaf -> collect(leaf, values));
                    }
                }
                return null;
            });
            return List.copyOf(values);
        }
        return connections.stream(sql, rows -> {
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
        sql.append(select(find, layout, null).sql());
        String plan = connections.query(sql, rows -> {
            var lines = new StringBuilder();
            while (rows.next()) {
                lines.append(lines.isEmpty() ? "" : "\n").append(rows.getString(1));
            }
            return lines.toString();
        });
        return Obj.of("plan", dialect.plan(plan));
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
        var condition = new SqlText();
        boolean exact = where(layout, update.where(), false, condition) == null;
        if (!exact) {
            return updateFirst(update, layout, compiler);
        }
        if (!update.ops().isEmpty() && compiler.isPlain(update.ops())) {
            return Optional.ofNullable(updatePlain(layout, compiler, update, condition));
        }
        return Optional.ofNullable(
                connections.atomically(connection -> updateLocked(connection, layout, compiler, update)));
    }

    /** The database finds candidates only: one that fits is locked by its id, and must still fit then. */
    private Optional<ParseObject> updateFirst(Update update, Layout layout, UpdateCompiler compiler) {
        for (int attempt = 0; attempt < CANDIDATES; attempt++) {
            var found = new ArrayList<ParseObject>();
            var find = new Find(update.schema(), update.where(), List.of(), 0, 1, Set.of(), false, ReadHints.NONE);
            read(find, found::add);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Constraint still = Constraint.and(id(found.getFirst().objectId()), update.where());
            var one = new Update(update.schema(), still, update.ops());
            ParseObject after = connections.atomically(connection -> updateLocked(connection, layout, compiler, one));
            if (after != null) {
                return Optional.of(after);
            }
        }
        throw SqlErrors.conflict();
    }

    private static Constraint id(String objectId) {
        return new EqualTo("objectId", new Str(objectId));
    }

    private ParseObject updatePlain(Layout layout, UpdateCompiler compiler, Update update, SqlText condition) {
        RowReader reader = layout.reader();
        var sql = new SqlText();
        dialect.updateOne(
                sql,
                layout,
                isById(update.where()),
                () -> compiler.assign(update.ops(), sql),
                () -> sql.append(condition));
        return connections.updateReturning(
                sql, reader.columns(), rows -> rows.next() ? reader.read(rows, dialect) : null);
    }

    /** True when only one object can fulfil the constraint. */
    private static boolean isById(Constraint where) {
        return switch (where) {
            case EqualTo(String path, Str _) -> path.equals("objectId");
            case And(var parts) -> parts.stream().anyMatch(SqlStorage::isById);
            default -> false;
        };
    }

    /** Reads under a lock, applies the operations in memory, writes what has changed. */
    private ParseObject updateLocked(Connection connection, Layout layout, UpdateCompiler compiler, Update update)
            throws SQLException {
        Selection selection =
                select(unordered(update.schema(), update.where(), false), layout, null, dialect.forUpdate());
        ParseObject before = connections.query(
                connection, selection.sql(), rows -> rows.next() ? selection.read(rows, dialect) : null);
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
            if (where(layout, update.where(), false, sql) == null) {
                return connections.update(sql);
            }
        }
        return connections.atomically(connection -> {
            long changed = 0;
            for (String id : ids(connection, layout, update.where(), "")) {
                // The row may have changed since its id was read.
                var one = new Update(update.schema(), Constraint.and(id(id), update.where()), update.ops());
                changed += updateLocked(connection, layout, compiler, one) == null ? 0 : 1;
            }
            return changed;
        });
    }

    private List<String> ids(Connection connection, Layout layout, Constraint where, String ending)
            throws SQLException {
        Selection selection = select(unordered(layout.schema, where, false), layout, Set.of(), ending);
        return connections.query(connection, selection.sql(), rows -> {
            var ids = new ArrayList<String>();
            while (rows.next()) {
                ParseObject object = selection.read(rows, dialect);
                if (object != null) {
                    ids.add(object.objectId());
                }
            }
            return ids;
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
        if (where(layout, where, false, sql) == null) {
            return connections.update(sql);
        }
        return connections.atomically(connection -> {
            List<String> ids = ids(connection, layout, where, " FOR UPDATE");
            var byId = new SqlText().add("DELETE FROM ").add(layout.tableSql);
            byId.add(" WHERE \"objectId\" = ANY(")
                    .value(ids.toArray(String[]::new))
                    .add(")");
            return (long) connections.update(connection, byId);
        });
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

    static List<String> texts(ResultSet rows) throws SQLException {
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
        return dialect.capabilities();
    }

    @Override
    public void onSchemaChange(Runnable changed) {
        schemaChanged = changed;
    }

    /** Another server on the database has changed a class. */
    void schemaChanged() {
        schemaChanged.run();
    }

    @Override
    public void ping() {
        connections.call(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
                return statement.execute();
            }
        });
    }

    /** What the connections of the pool do. */
    public enum PoolState {
        OPEN,
        ACTIVE,
        /** Requests that wait for a connection. */
        AWAITED
    }

    /** How many connections are in this state now. */
    public int connections(PoolState state) {
        return connections.count(state);
    }

    /**
     * Writes a backup while others read and write. See {@link EmbeddedBackup}.
     *
     * @throws StorageOpenException when the file cannot be written, or the database has its own tools for that
     */
    public void backup(Path target) {
        if (!dialect.capabilities().contains(Capability.BACKUP)) {
            throw new StorageOpenException("Only the embedded database is backed up by the server. Use pg_dump.", null);
        }
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
