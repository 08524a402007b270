package dev.kami.parse.storage.sql;

import dev.kami.parse.schema.FieldType;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Work on the rows of a table that no request waits for: emptying the columns of dropped fields, a thousand rows at a
 * time, on one thread that exists while there is something to do. What a stop interrupts, the next start finds and goes
 * on with. Moving fields into and out of {@code _overflow} happens while the caller waits.
 */
final class Housekeeping implements AutoCloseable {
    private static final int BATCH = 1_000;

    private final Connections connections;
    private final H2Dialect dialect;
    private final Function<String, List<String>> retired;
    private final BiConsumer<String, String> emptied;
    private ExecutorService worker;
    private volatile boolean closed;

    /**
     * @param retired the columns of a class that are to be emptied
     * @param emptied class and column that holds nothing any more
     */
    Housekeeping(
            Connections connections,
            H2Dialect dialect,
            Function<String, List<String>> retired,
            BiConsumer<String, String> emptied) {
        this.connections = connections;
        this.dialect = dialect;
        this.retired = retired;
        this.emptied = emptied;
    }

    /** Empties the retired columns of a table, later. */
    synchronized void empty(String className) {
        if (closed) {
            return;
        }
        if (worker == null) {
            worker = Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("storage-housekeeping").factory());
        }
        worker.execute(() -> {
            for (String column : retired.apply(className)) {
                if (emptyColumn(className, column)) {
                    emptied.accept(className, column);
                }
            }
        });
    }

    /** False when it was stopped on the way. */
    private boolean emptyColumn(String className, String column) {
        String after = "";
        while (!closed) {
            List<String> ids = nextIds(className, after);
            if (ids.isEmpty()) {
                return true;
            }
            String last = ids.getLast();
            var sql = new SqlText()
                    .add("UPDATE ")
                    .name(className)
                    .add(" SET ")
                    .name(column)
                    .add(" = NULL");
            sql.add(" WHERE \"objectId\" > ")
                    .value(after)
                    .add(" AND \"objectId\" <= ")
                    .value(last);
            sql.add(" AND ").name(column).add(" IS NOT NULL");
            connections.on(className, () -> connections.update(sql));
            after = last;
        }
        return false;
    }

    private List<String> nextIds(String className, String after) {
        var sql = new SqlText().add("SELECT \"objectId\" FROM ").name(className);
        sql.add(" WHERE \"objectId\" > ").value(after);
        sql.value(" ORDER BY \"objectId\" FETCH FIRST ? ROWS ONLY", BATCH);
        return connections.query(sql, rows -> {
            var ids = new ArrayList<String>(BATCH);
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        });
    }

    void removeFromOverflow(String className, String field) {
        forEachOverflow(className, field, (sql, id) -> {});
    }

    /** Fills {@code column} from the values in {@code _overflow}. */
    void moveOutOfOverflow(String className, String field, FieldType type, String column) {
        var target = new Column(field, type, ColumnType.of(type.kind()), SqlText.quote(column), false);
        forEachOverflow(className, field, (sql, value) -> {
            sql.add(target.sql()).add(" = ");
            sql.value(dialect.parameter(target.storedAs()), ColumnCodec.parameter(className, target, value));
            sql.add(", ");
        });
    }

    /** Takes the field out of every row that holds it in {@code _overflow}, a transaction for each row. */
    private void forEachOverflow(String className, String field, BiConsumer<SqlText, ParseValue> alsoSet) {
        for (String id : holding(className, field)) {
            connections.atomically(connection -> {
                var read = new SqlText()
                        .add("SELECT ")
                        .name(Tables.OVERFLOW)
                        .add(" FROM ")
                        .name(className);
                read.add(" WHERE \"objectId\" = ").value(id).add(dialect.forUpdate());
                byte[] json = connections.query(connection, read, rows -> rows.next() ? rows.getBytes(1) : null);
                Obj overflow = json == null ? Obj.EMPTY : (Obj) JsonReader.read(json);
                if (!overflow.has(field)) {
                    return null;
                }
                Obj rest = overflow.without(field);
                var write = new SqlText().add("UPDATE ").name(className).add(" SET ");
                alsoSet.accept(write, overflow.get(field));
                write.name(Tables.OVERFLOW).add(" = ");
                write.value(dialect.parameter(ColumnType.JSON), rest.isEmpty() ? null : ColumnCodec.json(rest));
                write.add(" WHERE \"objectId\" = ").value(id);
                return connections.update(connection, write);
            });
        }
    }

    private List<String> holding(String className, String field) {
        var sql = new SqlText().add("SELECT \"objectId\" FROM ").name(className).add(" WHERE ");
        sql.name(Tables.OVERFLOW).add(" IS NOT NULL AND ");
        dialect.test(
                sql,
                new Column(field, null, ColumnType.JSON, SqlText.quote(Tables.OVERFLOW), true),
                overflow -> overflow instanceof Obj fields && fields.has(field));
        return connections.query(sql, rows -> {
            var ids = new ArrayList<String>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        });
    }

    @Override
    public void close() {
        ExecutorService running;
        synchronized (this) {
            closed = true;
            running = worker;
        }
        if (running != null) {
            running.shutdown();
            try {
                // A batch takes milliseconds; the rest is done after the next start.
                running.awaitTermination(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
