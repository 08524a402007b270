package dev.kami.parse.aggregate;

import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code $project}: either the fields to keep (and computed ones), or the fields to drop. {@code _id} may be dropped in both. */
final class Projection {
    /** One level: names to what happens to them. */
    private static final class Level {
        final Map<String, Expression> computed = new LinkedHashMap<>();
        final Map<String, Level> nested = new LinkedHashMap<>();
        final Set<String> named = new java.util.LinkedHashSet<>();
    }

    private final Level top = new Level();
    private Boolean keeps;
    private boolean keepsId = true;

    Projection(Obj spec) {
        if (spec.isEmpty()) {
            throw Budget.invalid("$project specification must have at least one field");
        }
        spec.fields().forEach((name, value) -> {
            if (isId(name) && isFlag(value) && !Expression.isTrue(value)) {
                keepsId = false;
            } else {
                read(top, name, value);
            }
        });
        if (keeps == null) {
            keeps = keepsId; // {"_id":1} alone keeps nothing else, {"_id":0} alone drops nothing else
        }
    }

    private static boolean isId(String name) {
        return name.equals("_id") || name.equals("objectId");
    }

    private static boolean isFlag(ParseValue value) {
        return value instanceof Bool || value instanceof Num;
    }

    private void read(Level level, String name, ParseValue value) {
        int dot = name.indexOf('.');
        if (dot > 0 && dot < name.length() - 1) {
            read(
                    level.nested.computeIfAbsent(name.substring(0, dot), _ -> new Level()),
                    name.substring(dot + 1),
                    value);
            return;
        }
        if (name.isEmpty() || dot >= 0 || name.startsWith("$")) {
            throw Budget.invalid("Invalid $project field name: '" + name + "'");
        }
        if (isFlag(value)) {
            boolean keep = Expression.isTrue(value);
            if (!(level == top && isId(name))) {
                decide(keep, name);
            }
            level.named.add(name);
        } else if (value instanceof Obj obj
                && !obj.isEmpty()
                && !obj.fields().firstEntry().getKey().startsWith("$")) {
            Level inner = level.nested.computeIfAbsent(name, _ -> new Level());
            obj.fields().forEach((key, part) -> read(inner, key, part));
        } else {
            decide(true, name);
            level.computed.put(name, ExpressionParser.parse(value));
        }
    }

    private void decide(boolean keep, String name) {
        if (keeps != null && keeps != keep) {
            throw Budget.invalid(
                    keep
                            ? "Invalid $project: Cannot do inclusion on field " + name + " in exclusion projection"
                            : "Invalid $project: Cannot do exclusion on field " + name + " in inclusion projection");
        }
        keeps = keep;
    }

    /** True when only named fields come through. */
    boolean isInclusion() {
        return keeps;
    }

    Obj apply(Obj document, Scope scope) {
        if (!keeps) {
            Obj rest = dropped(document, top, true);
            return keepsId ? rest : rest.without("_id", "objectId");
        }
        return kept(document, top, scope, true);
    }

    private Obj kept(Obj document, Level level, Scope scope, boolean atTop) {
        var names = new LinkedHashMap<String, String>(); // name in the document to name in the specification
        level.named.forEach(name -> names.put(atTop ? Documents.nameIn(document, name) : name, name));
        level.nested.keySet().forEach(name -> names.put(atTop ? Documents.nameIn(document, name) : name, name));
        var fields = new LinkedHashMap<String, ParseValue>();
        document.fields().forEach((name, value) -> {
            if (atTop && name.equals("_id")) {
                if (keepsId) {
                    fields.put(name, value);
                }
                return;
            }
            String wanted = names.get(name);
            if (wanted == null) {
                return;
            }
            if (level.named.contains(wanted)) {
                fields.put(name, value);
            } else {
                ParseValue inner = keptBelow(value, level.nested.get(wanted), scope);
                if (inner != null) {
                    fields.put(name, inner);
                }
            }
        });
        level.computed.forEach((name, expression) -> {
            ParseValue value = expression.eval(scope);
            String target = atTop && name.equals("objectId") ? "_id" : name;
            if (value != null) {
                fields.put(target, value);
            } else {
                fields.remove(target);
            }
        });
        level.nested.forEach((name, inner) -> {
            String present = atTop ? Documents.nameIn(document, name) : name;
            if (!document.has(present) && hasComputed(inner)) {
                fields.put(name, kept(Obj.EMPTY, inner, scope, false));
            }
        });
        return new Obj(fields);
    }

    private static boolean hasComputed(Level level) {
        return !level.computed.isEmpty() || level.nested.values().stream().anyMatch(Projection::hasComputed);
    }

    /** {@code null} when nothing is left: a scalar has no fields to keep. */
    private ParseValue keptBelow(ParseValue value, Level level, Scope scope) {
        return switch (value) {
            case Obj obj -> kept(obj, level, scope, false);
            case Array(List<ParseValue> items) -> {
                var kept = new ArrayList<ParseValue>();
                for (ParseValue item : items) {
                    ParseValue inner = keptBelow(item, level, scope);
                    if (inner != null) {
                        kept.add(inner);
                    }
                }
                yield new Array(kept);
            }
            default -> hasComputed(level) ? kept(Obj.EMPTY, level, scope, false) : null;
        };
    }

    private static Obj dropped(Obj document, Level level, boolean atTop) {
        var away = new java.util.HashSet<String>();
        level.named.forEach(name -> away.add(atTop ? Documents.nameIn(document, name) : name));
        var fields = new LinkedHashMap<String, ParseValue>();
        document.fields().forEach((name, value) -> {
            if (!away.contains(name)) {
                fields.put(name, value);
            }
        });
        level.nested.forEach((name, inner) -> {
            String present = atTop ? Documents.nameIn(document, name) : name;
            if (fields.containsKey(present)) {
                fields.put(present, droppedBelow(fields.get(present), inner));
            }
        });
        return new Obj(fields);
    }

    private static ParseValue droppedBelow(ParseValue value, Level level) {
        return switch (value) {
            case Obj obj -> dropped(obj, level, false);
            case Array(List<ParseValue> items) ->
                new Array(items.stream().map(item -> droppedBelow(item, level)).toList());
            default -> value;
        };
    }
}
