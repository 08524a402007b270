package dev.kami.parse.aggregate;

import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** JSON to {@link Expression}: field paths, variables, literals, objects, lists and {@code $operators}. */
final class ExpressionParser {
    private static final Map<String, Operator> OPERATORS = operators();

    private ExpressionParser() {}

    private static Map<String, Operator> operators() {
        var all = new HashMap<String, Operator>();
        NumberOperators.addTo(all);
        LogicOperators.addTo(all);
        TextOperators.addTo(all);
        DateOperators.addTo(all);
        ListOperators.addTo(all);
        TypeOperators.addTo(all);
        return Collections.unmodifiableMap(all);
    }

    static Set<String> names() {
        return OPERATORS.keySet();
    }

    static Expression parse(ParseValue spec) {
        return switch (spec) {
            case Str(String text) when text.startsWith("$$") -> variable(text.substring(2));
            case Str(String text) when text.startsWith("$") -> field(text.substring(1));
            case Array(List<ParseValue> items) -> list(items);
            case Obj obj
            when obj.fields().size() == 1 && obj.fields().firstEntry().getKey().startsWith("$") -> {
                var only = obj.fields().firstEntry();
                yield operator(only.getKey(), only.getValue());
            }
            case Obj obj -> object(obj);
            default -> _ -> spec;
        };
    }

    private static Expression operator(String name, ParseValue argument) {
        Operator operator = OPERATORS.get(name);
        if (operator == null) {
            throw Budget.invalid("Unrecognized expression '" + name + "'");
        }
        return operator.build(name, argument);
    }

    static String[] path(String text) {
        String[] path = text.split("\\.", -1);
        for (String part : path) {
            if (part.isEmpty() || part.startsWith("$")) {
                throw Budget.invalid("Invalid field path: '" + text + "'");
            }
        }
        return path;
    }

    private static Expression field(String text) {
        String[] path = path(text);
        return scope -> Documents.path(scope.current(), path, 0);
    }

    private static Expression variable(String text) {
        int dot = text.indexOf('.');
        String name = dot < 0 ? text : text.substring(0, dot);
        String[] path = dot < 0 ? new String[0] : path(text.substring(dot + 1));
        return switch (name) {
            case "ROOT" -> scope -> Documents.path(scope.root(), path, 0);
            case "CURRENT" -> scope -> Documents.path(scope.current(), path, 0);
            case "NOW" -> scope -> new Date(scope.run().now().toEpochMilli());
            case "REMOVE" -> _ -> null;
            case "DESCEND", "PRUNE", "KEEP" -> _ -> new Str("$$" + name);
            default -> scope -> Documents.path(scope.variable(name), path, 0);
        };
    }

    private static Expression list(List<ParseValue> items) {
        List<Expression> parts = items.stream().map(ExpressionParser::parse).toList();
        return scope -> {
            var values = new ArrayList<ParseValue>(parts.size());
            for (Expression part : parts) {
                ParseValue value = part.eval(scope);
                values.add(value == null ? ParseValue.NULL : value);
            }
            return new Array(values);
        };
    }

    private static Expression object(Obj spec) {
        var parts = new LinkedHashMap<String, Expression>();
        spec.fields().forEach((name, value) -> {
            if (name.startsWith("$")) {
                throw Budget.invalid("An object representing an expression must have exactly one field: "
                        + String.join(", ", spec.fields().keySet()));
            }
            parts.put(name, parse(value));
        });
        return scope -> {
            var fields = new LinkedHashMap<String, ParseValue>();
            parts.forEach((name, part) -> {
                ParseValue value = part.eval(scope);
                if (value != null) {
                    fields.put(name, value);
                }
            });
            return new Obj(fields);
        };
    }

    /**
     * Names of the fields that an expression reads, as its author wrote them, without the rest of their paths. Too many
     * rather than too few.
     *
     * @return false when it reads the whole document
     */
    static boolean fields(ParseValue spec, Set<String> into) {
        return switch (spec) {
            case Str(String text)
            when text.startsWith("$$") -> {
                yield !text.startsWith("$$ROOT") && !text.startsWith("$$CURRENT");
            }
            case Str(String text)
            when text.startsWith("$") -> {
                int dot = text.indexOf('.');
                into.add(dot < 0 ? text.substring(1) : text.substring(1, dot));
                yield true;
            }
            case Array(List<ParseValue> items) -> {
                boolean some = true;
                for (ParseValue item : items) {
                    some &= fields(item, into);
                }
                yield some;
            }
            case Obj(var members) -> {
                boolean some = !members.containsKey("$getField"); // its field is computed
                for (ParseValue member : members.values()) {
                    some &= fields(member, into);
                }
                yield some;
            }
            default -> true;
        };
    }
}
