package dev.kami.parse.rest;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.And;
import dev.kami.parse.query.Constraint.In;
import dev.kami.parse.query.Constraint.InQuery;
import dev.kami.parse.query.Constraint.Nor;
import dev.kami.parse.query.Constraint.NotIn;
import dev.kami.parse.query.Constraint.Or;
import dev.kami.parse.query.Constraint.Select;
import dev.kami.parse.query.Query;
import dev.kami.parse.query.ReadHints;
import dev.kami.parse.query.ReadPreference;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Embedded;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Answers {@code $select}, {@code $dontSelect}, {@code $inQuery} and {@code $notInQuery}: each is one read with the rights
 * of the caller, whose results take its place as a list of values. A sub-query may hold further ones; its own read
 * answers them.
 */
final class SubQueries {
    private final BiFunction<ReadState, Query, ReadState> reader;

    /** @param reader runs a query for the caller of the outer read */
    SubQueries(BiFunction<ReadState, Query, ReadState> reader) {
        this.reader = reader;
    }

    void select(ReadState read) {
        replace(read, part -> part instanceof Select select && !select.negated());
    }

    void dontSelect(ReadState read) {
        replace(read, part -> part instanceof Select select && select.negated());
    }

    void inQuery(ReadState read) {
        replace(read, part -> part instanceof InQuery query && !query.negated());
    }

    void notInQuery(ReadState read) {
        replace(read, part -> part instanceof InQuery query && query.negated());
    }

    private void replace(ReadState read, Predicate<Constraint> wanted) {
        if (has(read.query.where(), wanted)) {
            read.query = read.query.withWhere(
                    rewrite(read.query.where(), part -> wanted.test(part) ? answer(read, part) : part));
        }
    }

    private static boolean has(Constraint where, Predicate<Constraint> wanted) {
        return switch (where) {
            case And(var parts) -> anyHas(parts, wanted);
            case Or(var parts) -> anyHas(parts, wanted);
            case Nor(var parts) -> anyHas(parts, wanted);
            default -> wanted.test(where);
        };
    }

    private static boolean anyHas(List<Constraint> parts, Predicate<Constraint> wanted) {
        for (Constraint part : parts) {
            if (has(part, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static Constraint rewrite(Constraint where, UnaryOperator<Constraint> leaf) {
        return switch (where) {
            case And(var parts) -> new And(rewriteAll(parts, leaf));
            case Or(var parts) -> new Or(rewriteAll(parts, leaf));
            case Nor(var parts) -> new Nor(rewriteAll(parts, leaf));
            default -> leaf.apply(where);
        };
    }

    private static List<Constraint> rewriteAll(List<Constraint> parts, UnaryOperator<Constraint> leaf) {
        return parts.stream().map(part -> rewrite(part, leaf)).toList();
    }

    private Constraint answer(ReadState read, Constraint part) {
        return switch (part) {
            case InQuery(String path, var query, boolean negated) -> {
                ReadState found = reader.apply(read, prepared(read, query, "objectId"));
                var pointers = new ArrayList<ParseValue>(found.results.size());
                for (ParseObject object : found.results) {
                    pointers.add(new Pointer(found.query.className(), object.objectId()));
                }
                yield membership(path, pointers, negated);
            }
            case Select(String path, var query, String key, boolean negated) -> {
                String[] names = key.split("\\.");
                ReadState found = reader.apply(read, prepared(read, query, names.length == 0 ? key : names[0]));
                Set<ParseValue> values = new LinkedHashSet<>();
                for (ParseObject object : found.results) {
                    add(valueAt(object, names), values);
                }
                yield membership(path, new ArrayList<>(values), negated);
            }
            default -> part;
        };
    }

    private static Constraint membership(String path, List<ParseValue> values, boolean negated) {
        return negated ? new NotIn(path, values) : new In(path, values);
    }

    /** Only the field that is needed, no included objects, and the read preference that was given for sub-queries. */
    private static Query prepared(ReadState read, Query query, String field) {
        ReadHints outer = read.query.hints();
        ReadPreference given = outer.subqueryReadPreference();
        var hints = new ReadHints(null, null, null, given == null ? outer.readPreference() : given, null, given);
        return query.withKeys(Set.of(field)).withInclude(List.of()).withHints(hints);
    }

    /** Lists are flattened, as {@code $in} does with lists inside lists; what is missing is no value. */
    private static void add(ParseValue value, Set<ParseValue> values) {
        switch (value) {
            case null -> {}
            case Null() -> {}
            case Array(var items) -> items.forEach(item -> add(item, values));
            default -> values.add(value);
        }
    }

    private static ParseValue valueAt(ParseObject object, String[] names) {
        ParseValue value = names.length == 0 ? null : object.get(names[0]);
        for (int i = 1; i < names.length && value != null; i++) {
            value = switch (value) {
                case Obj inner -> inner.get(names[i]);
                case Embedded(var inner) -> inner.get(names[i]);
                default -> null;
            };
        }
        return value;
    }
}
