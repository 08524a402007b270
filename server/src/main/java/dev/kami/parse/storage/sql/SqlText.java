package dev.kami.parse.storage.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement that is being written: text and the values for its question marks, in order. Values never enter the text;
 * names enter it only through {@link #quote}. For one thread.
 */
final class SqlText {
    private final StringBuilder text = new StringBuilder(256);
    private final List<Object> values = new ArrayList<>();

    static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    SqlText add(String sql) {
        text.append(sql);
        return this;
    }

    SqlText name(String name) {
        text.append(quote(name));
        return this;
    }

    /** A question mark with its value, see {@link SqlDialect#bind}. */
    SqlText value(Object value) {
        text.append('?');
        values.add(value);
        return this;
    }

    /** A value whose question mark stands in {@code sql}. */
    SqlText value(String sql, Object value) {
        text.append(sql);
        values.add(value);
        return this;
    }

    /** Another statement's text and values at this place. */
    SqlText append(SqlText other) {
        text.append(other.text);
        values.addAll(other.values);
        return this;
    }

    /** The text for the pattern of {@code LIKE ... ESCAPE '!'}, standing for itself. */
    static String escapeLike(String literal) {
        return literal.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    String text() {
        return text.toString();
    }

    List<Object> values() {
        return values;
    }
}
