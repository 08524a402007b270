package dev.kami.parse.storage.sql;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.And;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.Joined;
import dev.kami.parse.query.Constraint.Nor;
import dev.kami.parse.query.Constraint.Or;
import dev.kami.parse.query.Constraint.Permitted;
import dev.kami.parse.query.QueryMatcher;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is left of a constraint when the database can only narrow it: tested for each row that comes back, one at a time, so
 * that no more than a few rows are in memory and reading stops as soon as enough have passed.
 *
 * @param fields that the test looks at
 * @param joined what only the database knows: it answers these with a column for each, in this order
 * @param ignoreCase see {@link dev.kami.parse.storage.Find}
 */
record Residual(Constraint where, Set<String> fields, List<Joined> joined, boolean ignoreCase) {
    static Residual of(Constraint where, boolean ignoreCase) {
        var fields = new HashSet<String>();
        var joined = new ArrayList<Joined>();
        collect(where, fields, joined);
        return new Residual(where, Set.copyOf(fields), List.copyOf(joined), ignoreCase);
    }

    private static void collect(Constraint where, Set<String> fields, List<Joined> joined) {
        switch (where) {
            case And(var parts) -> parts.forEach(part -> collect(part, fields, joined));
            case Or(var parts) -> parts.forEach(part -> collect(part, fields, joined));
            case Nor(var parts) -> parts.forEach(part -> collect(part, fields, joined));
            case Joined one -> joined.add(one);
            case Permitted _ -> {} // the ACL always comes
            default -> {
                String path = Constraint.path(where);
                int dot = path.indexOf('.');
                fields.add(dot < 0 ? path : path.substring(0, dot));
            }
        }
    }

    Set<String> fieldsWith(Set<String> others) {
        var all = new HashSet<>(fields);
        all.addAll(others);
        return all;
    }

    /** @param answers to {@link #joined} */
    boolean passes(ParseObject object, boolean[] answers) {
        return passes(where, object, answers);
    }

    private boolean passes(Constraint part, ParseObject object, boolean[] answers) {
        return switch (part) {
            case And(var parts) -> parts.stream().allMatch(inner -> passes(inner, object, answers));
            case Or(var parts) -> parts.stream().anyMatch(inner -> passes(inner, object, answers));
            case Nor(var parts) -> parts.stream().noneMatch(inner -> passes(inner, object, answers));
            case Joined one -> answers[joined.indexOf(one)];
            case EqualTo(String path, Str(String text))
            when ignoreCase && object.get(path) instanceof Str(String stored) -> stored.equalsIgnoreCase(text);
            default -> QueryMatcher.matches(part, object);
        };
    }
}
