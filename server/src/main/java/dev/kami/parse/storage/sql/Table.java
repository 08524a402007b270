package dev.kami.parse.storage.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A table as it is. Immutable.
 *
 * @param columns all names, those that are no fields included; {@code _authData.<provider>.id} when that member of
 *     {@code authData} has an index
 * @param bytewise text columns whose order is that of their bytes, so that an index serves ranges and order; only asked on
 *     PostgreSQL
 */
record Table(String name, Set<String> columns, Set<String> bytewise) {
    Table {
        columns = Collections.unmodifiableSet(new LinkedHashSet<>(columns));
        bytewise = Set.copyOf(bytewise);
    }

    Table(String name, Set<String> columns) {
        this(name, columns, Set.of());
    }

    boolean has(String column) {
        return columns.contains(column);
    }

    Table renamed(String from, String to) {
        var names = new LinkedHashSet<String>();
        columns.forEach(column -> names.add(column.equals(from) ? to : column));
        return new Table(name, names, bytewise);
    }

    Table with(Collection<String> more) {
        var names = new LinkedHashSet<>(columns);
        names.addAll(more);
        return new Table(name, names, bytewise);
    }

    Table withBytewise(String column) {
        var names = new LinkedHashSet<>(bytewise);
        names.add(column);
        return new Table(name, with(List.of(column)).columns, names);
    }

    Table without(String column) {
        var names = new LinkedHashSet<>(columns);
        names.remove(column);
        var ordered = new ArrayList<>(bytewise);
        ordered.remove(column);
        return new Table(name, names, Set.copyOf(ordered));
    }
}
