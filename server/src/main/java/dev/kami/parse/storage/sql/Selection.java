package dev.kami.parse.storage.sql;

import dev.kami.parse.value.ParseObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * A statement that selects objects, and how its rows are read.
 *
 * @param residual what each row still has to fulfil, {@code null} for nothing
 * @param wanted the fields to keep, {@code null} for all that were read
 */
record Selection(SqlText sql, RowReader reader, Residual residual, Set<String> wanted) {
    /** {@code null} when the row does not fulfil the residual. */
    ParseObject read(ResultSet row, SqlDialect dialect) throws SQLException {
        ParseObject object = reader.read(row, dialect);
        if (residual == null) {
            return object;
        }
        List<?> joined = residual.joined();
        var answers = new boolean[joined.size()];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = row.getBoolean(reader.width() + i + 1);
        }
        if (!residual.passes(object, answers)) {
            return null;
        }
        return wanted == null ? object : object.retain(field -> wanted.contains(field) || !isOnlyRead(field));
    }

    private boolean isOnlyRead(String field) {
        return residual.fields().contains(field) && !RowReader.ALWAYS_READ.contains(field);
    }
}
