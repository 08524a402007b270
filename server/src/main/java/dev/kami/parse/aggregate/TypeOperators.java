package dev.kami.parse.aggregate;

import static dev.kami.parse.aggregate.Expression.isNullish;

import dev.kami.parse.value.IsoDate;
import dev.kami.parse.value.JsNumber;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Bytes;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Str;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Names of types, conversions, and operators on objects. */
final class TypeOperators {
    private TypeOperators() {}

    static void addTo(Map<String, Operator> all) {
        all.put("$type", Operator.unary(value -> new Str(typeName(value))));
        all.put("$isNumber", Operator.unary(value -> ParseValue.of(value instanceof Num)));
        all.put("$toString", Operator.unaryOrNull(value -> convert(value, "string")));
        all.put("$toInt", Operator.unaryOrNull(value -> convert(value, "int")));
        all.put("$toLong", Operator.unaryOrNull(value -> convert(value, "long")));
        all.put("$toDouble", Operator.unaryOrNull(value -> convert(value, "double")));
        all.put("$toDecimal", Operator.unaryOrNull(value -> convert(value, "decimal")));
        all.put("$toBool", Operator.unaryOrNull(value -> convert(value, "bool")));
        all.put("$toDate", Operator.unaryOrNull(value -> convert(value, "date")));
        all.put("$toObjectId", Operator.unaryOrNull(value -> convert(value, "objectId")));
        all.put("$convert", TypeOperators::convertTo);
        all.put("$mergeObjects", Operator.list(0, Integer.MAX_VALUE, values -> {
            var merged = new LinkedHashMap<String, ParseValue>();
            for (ParseValue value : values) {
                if (value instanceof Obj(var fields)) {
                    merged.putAll(fields);
                } else if (!isNullish(value)) {
                    throw Budget.invalid("$mergeObjects requires object inputs, but got " + typeName(value));
                }
            }
            return new Obj(merged);
        }));
        all.put("$getField", TypeOperators::getField);
    }

    /** As MongoDB names types; every number is a double here. */
    static String typeName(ParseValue value) {
        return switch (value) {
            case null -> "missing";
            case Null() -> "null";
            case Bool _ -> "bool";
            case Num(double number) ->
                number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE ? "int" : "double";
            case Str _ -> "string";
            case Date _ -> "date";
            case Array _ -> "array";
            case Bytes _ -> "binData";
            default -> "object";
        };
    }

    private static Expression convertTo(String name, ParseValue argument) {
        Operator.Named named = Operator.named(name, argument, "input", "to", "onError", "onNull");
        Expression input = named.required("input");
        Expression to = named.required("to");
        Expression onNull = named.optional("onNull");
        boolean mayFail = !named.arguments().has("onError");
        Expression onError = named.optional("onError");
        return scope -> {
            ParseValue value = input.eval(scope);
            if (isNullish(value)) {
                ParseValue instead = onNull.eval(scope);
                return instead == null ? ParseValue.NULL : instead;
            }
            String type =
                    switch (to.eval(scope)) {
                        case Str(String given) -> given;
                        case Num(double code) -> typeOfCode((int) code);
                        case null, default -> throw Budget.invalid("$convert needs a type name as to");
                    };
            ParseValue converted = tryConvert(value, type);
            if (converted == null && mayFail) {
                throw cannot(value, type);
            }
            return converted == null ? onError.eval(scope) : converted;
        };
    }

    private static String typeOfCode(int code) {
        return switch (code) {
            case 1 -> "double";
            case 2 -> "string";
            case 7 -> "objectId";
            case 8 -> "bool";
            case 9 -> "date";
            case 16 -> "int";
            case 18 -> "long";
            case 19 -> "decimal";
            default -> throw Budget.invalid("$convert knows no type " + code);
        };
    }

    static ParseValue convert(ParseValue value, String type) {
        ParseValue converted = tryConvert(value, type);
        if (converted == null) {
            throw cannot(value, type);
        }
        return converted;
    }

    private static RuntimeException cannot(ParseValue value, String type) {
        return Budget.invalid("Unsupported conversion from " + typeName(value) + " to " + type + " in $convert");
    }

    /** {@code null} when the value cannot be converted. */
    private static ParseValue tryConvert(ParseValue value, String type) {
        return switch (type) {
            case "string" -> toText(value);
            case "bool" -> ParseValue.of(Expression.isTrue(value));
            case "double", "decimal" -> toNumber(value);
            case "int", "long" ->
                toNumber(value) instanceof Num(double number)
                        ? new Num(number < 0 ? Math.ceil(number) : Math.floor(number))
                        : null;
            case "date" ->
                switch (value) {
                    case Date date -> date;
                    case Num(double millis) -> new Date((long) millis);
                    case Str(String text) -> {
                        OptionalLong millis = IsoDate.parse(text);
                        yield millis.isPresent() ? new Date(millis.getAsLong()) : null;
                    }
                    default -> null;
                };
            case "objectId" -> value instanceof Str ? value : null;
            default -> throw Budget.invalid("Unknown type name: " + type);
        };
    }

    private static ParseValue toText(ParseValue value) {
        return switch (value) {
            case Str _ -> value;
            case Num(double number) -> new Str(JsNumber.format(number));
            case Bool(boolean b) -> new Str(b ? "true" : "false");
            case Date(long millis) -> new Str(IsoDate.format(millis));
            case Pointer(String className, String objectId) -> new Str(className + "$" + objectId);
            default -> null;
        };
    }

    private static Num toNumber(ParseValue value) {
        return switch (value) {
            case Num number -> number;
            case Bool(boolean b) -> new Num(b ? 1 : 0);
            case Date(long millis) -> new Num(millis);
            case Str(String text)
            when text.matches("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?") -> {
                double number = Double.parseDouble(text);
                yield Double.isInfinite(number) ? null : new Num(number);
            }
            default -> null;
        };
    }

    private static Expression getField(String name, ParseValue argument) {
        boolean shortForm = !(argument instanceof Obj obj && obj.has("field"));
        Expression field = shortForm
                ? ExpressionParser.parse(argument)
                : Operator.named(name, argument, "field", "input").required("field");
        Expression input = shortForm || !((Obj) argument).has("input")
                ? Scope::current
                : ExpressionParser.parse(((Obj) argument).get("input"));
        return scope -> field.eval(scope) instanceof Str(String key) && input.eval(scope) instanceof Obj object
                ? Documents.field(object, key)
                : null;
    }
}
