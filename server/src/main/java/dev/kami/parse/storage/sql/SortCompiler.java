package dev.kami.parse.storage.sql;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.And;
import dev.kami.parse.query.Constraint.Near;
import dev.kami.parse.query.Constraint.Text;
import dev.kami.parse.query.SortKey;
import dev.kami.parse.query.Values;
import dev.kami.parse.schema.FieldType.Kind;
import java.util.List;
import java.util.Set;

/**
 * Order as SQL. Scalar columns sort as they are; members of JSON columns and shapes by a key that the
 * dialect makes. Missing comes first. Every order ends with that of insertion, so that pages do not overlap.
 */
final class SortCompiler {
    private static final Set<String> ALWAYS_SET = Set.of("objectId", "createdAt", "updatedAt");

    private final SqlDialect dialect;
    private final Layout layout;
    private final SqlText sql;
    private String separator = " ORDER BY ";
    /** No two objects are equal in what has been compiled so far. */
    private boolean unique;

    SortCompiler(SqlDialect dialect, Layout layout, SqlText sql) {
        this.dialect = dialect;
        this.layout = layout;
        this.sql = sql;
    }

    void compile(List<SortKey> sort, Constraint where) {
        for (SortKey key : sort) {
            if (key.path().equals(SortKey.SCORE)) {
                score(where);
            } else {
                by(key);
            }
        }
        if (sort.isEmpty()) {
            distance(where);
        }
        String tieBreak = separator.equals(" ORDER BY ") || unique ? null : dialect.tieBreak(layout);
        if (tieBreak != null) {
            sql.add(separator).add(tieBreak);
        }
    }

    private void next() {
        sql.add(separator);
        separator = ", ";
    }

    private void by(SortKey key) {
        String path = key.path();
        int dot = path.indexOf('.');
        Column column = layout.column(dot < 0 ? path : path.substring(0, dot));
        if (column == null || column.storedAs() == ColumnType.TEXT_ARRAY || dot >= 0 && !column.hasMembers()) {
            return; // missing in every object
        }
        if (column.overflow()) {
            byKey(column, path, key.descending());
        } else if (column.storedAs() == ColumnType.JSON) {
            byKey(column, Values.below(path), key.descending());
        } else if (column.storedAs() == ColumnType.POINT || column.storedAs() == ColumnType.POLYGON) {
            byKey(column, "", key.descending());
        } else {
            next();
            unique |= path.equals("objectId");
            sql.add(dialect.ordered(column)).add(dialect.direction(key.descending(), !ALWAYS_SET.contains(path)));
        }
    }

    private void byKey(Column column, String below, boolean descending) {
        next();
        dialect.sortKey(sql, column, below, descending);
        sql.add(dialect.direction(descending, true));
    }

    private void score(Constraint where) {
        Text text = first(where, Text.class);
        Column column = text == null ? null : layout.column(text.path());
        if (column == null || column.kind() != Kind.STRING) {
            return;
        }
        next();
        dialect.score(sql, column, text);
        // The best first, whichever sign: MongoDB knows only this order of its score.
        sql.add(dialect.direction(true, true));
    }

    private void distance(Constraint where) {
        Near near = first(where, Near.class);
        Column column = near == null ? null : layout.column(near.path());
        if (column == null || column.kind() != Kind.GEO_POINT) {
            return;
        }
        next();
        dialect.distance(sql, column, near.center());
        sql.add(dialect.direction(false, false));
    }

    /** The first constraint of this kind that every result fulfils. */
    private static <T extends Constraint> T first(Constraint where, Class<T> kind) {
        if (kind.isInstance(where)) {
            return kind.cast(where);
        }
        if (where instanceof And(var parts)) {
            for (Constraint part : parts) {
                T found = first(part, kind);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
