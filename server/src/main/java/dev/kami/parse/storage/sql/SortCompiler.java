package dev.kami.parse.storage.sql;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.And;
import dev.kami.parse.query.Constraint.Near;
import dev.kami.parse.query.Constraint.Text;
import dev.kami.parse.query.Geo;
import dev.kami.parse.query.SortKey;
import dev.kami.parse.query.TextSearch;
import dev.kami.parse.query.Values;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.value.ParseValue.GeoPoint;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.List;

/**
 * Order as SQL. Scalar columns sort as they are; members of JSON columns and shapes by a key that Java makes
 * ({@link SortBytes}). Missing comes first. Every order ends with that of insertion, so that pages do not overlap.
 */
final class SortCompiler {
    private final SqlDialect dialect;
    private final Layout layout;
    private final SqlText sql;
    private String separator = " ORDER BY ";

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
        if (!separator.equals(" ORDER BY ")) {
            sql.add(separator).add(dialect.tieBreak());
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
            sql.add(column.sql()).add(dialect.direction(key.descending()));
        }
    }

    private void byKey(Column column, String below, boolean descending) {
        next();
        dialect.sortKey(sql, column, field -> SortBytes.of(Values.sortValue(field, below, descending)));
        sql.add(dialect.direction(descending));
    }

    private void score(Constraint where) {
        Text text = first(where, Text.class);
        Column column = text == null ? null : layout.column(text.path());
        if (column == null || column.kind() != Kind.STRING) {
            return;
        }
        TextSearch search = TextSearch.of(text);
        next();
        dialect.number(
                sql, column, of(column, field -> field instanceof Str(String words) ? search.score(words) : 0.0));
        // The best first, whichever sign: MongoDB knows only this order of its score.
        sql.add(dialect.direction(true));
    }

    private void distance(Constraint where) {
        Near near = first(where, Near.class);
        Column column = near == null ? null : layout.column(near.path());
        if (column == null || column.kind() != Kind.GEO_POINT) {
            return;
        }
        next();
        dialect.number(
                sql,
                column,
                of(
                        column,
                        field -> field instanceof GeoPoint point
                                ? Geo.radians(point, near.center())
                                : Double.POSITIVE_INFINITY));
        sql.add(dialect.direction(false));
    }

    /** The function of the field, wherever it lives. */
    private static RowFunction of(Column column, RowFunction function) {
        return column.overflow()
                ? overflow -> function.apply(overflow instanceof Obj fields ? fields.get(column.field()) : null)
                : function;
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
