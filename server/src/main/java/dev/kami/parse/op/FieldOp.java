package dev.kami.parse.op;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Str;
import dev.kami.parse.value.TypeCodec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** One operation on one field of an object, as in {@code {"score":{"__op":"Increment","amount":1}}}. */
public sealed interface FieldOp {
    /** A plain value, also {@link ParseValue#NULL}. */
    record Set(ParseValue value) implements FieldOp {}

    record Delete() implements FieldOp {}

    record Increment(double amount) implements FieldOp {}

    record Add(List<ParseValue> objects) implements FieldOp {}

    record AddUnique(List<ParseValue> objects) implements FieldOp {}

    record Remove(List<ParseValue> objects) implements FieldOp {}

    record AddRelation(List<Pointer> objects) implements FieldOp {}

    record RemoveRelation(List<Pointer> objects) implements FieldOp {}

    /** Several operations on one relation, in order. */
    record Batch(List<FieldOp> ops) implements FieldOp {}

    /** Sets the value only when the write creates the object. */
    record SetOnInsert(ParseValue value) implements FieldOp {}

    /**
     * The operation that a field of a request body means: an {@code __op} object, or the value itself.
     *
     * @throws ParseException 107 malformed operation, 108 unknown operation, 111 invalid {@code __type}
     */
    static FieldOp parse(ParseValue value) {
        if (!(value instanceof Obj op) || !op.has("__op")) {
            return new Set(TypeCodec.field(value));
        }
        return switch (op.get("__op")) {
            case Str(String name) ->
                switch (name) {
                    case "Increment" -> new Increment(amount(op));
                    case "Add" -> new Add(objects(op, "objects to add must be an array"));
                    case "AddUnique" -> new AddUnique(objects(op, "objects to add must be an array"));
                    case "Remove" -> new Remove(objects(op, "objects to remove must be an array"));
                    case "Delete" -> new Delete();
                    case "AddRelation" -> new AddRelation(pointers(op));
                    case "RemoveRelation" -> new RemoveRelation(pointers(op));
                    case "Batch" ->
                        new Batch(objects(op, "ops", "ops to batch must be an array").stream()
                                .map(FieldOp::parse)
                                .toList());
                    case "SetOnInsert" ->
                        new SetOnInsert(op.has("amount") ? TypeCodec.field(op.get("amount")) : ParseValue.NULL);
                    default -> throw unsupported(name);
                };
            case ParseValue other -> throw unsupported(other.toJson());
        };
    }

    private static ParseException unsupported(String name) {
        return new ParseException(ErrorCode.COMMAND_UNAVAILABLE, "The " + name + " operator is not supported yet.");
    }

    private static double amount(Obj op) {
        if (op.get("amount") instanceof Num(double amount)) {
            return amount;
        }
        throw new ParseException(ErrorCode.INVALID_JSON, "incrementing must provide a number");
    }

    private static List<ParseValue> objects(Obj op, String otherwise) {
        return objects(op, "objects", otherwise);
    }

    private static List<ParseValue> objects(Obj op, String key, String otherwise) {
        if (op.get(key) instanceof Array(var items)) {
            return items;
        }
        throw new ParseException(ErrorCode.INVALID_JSON, otherwise);
    }

    private static List<Pointer> pointers(Obj op) {
        var pointers = new ArrayList<Pointer>();
        for (ParseValue item : objects(op, "objects must be an array of pointers")) {
            if (!(TypeCodec.field(item) instanceof Pointer pointer)) {
                throw new ParseException(ErrorCode.INVALID_JSON, "objects must be an array of pointers");
            }
            pointers.add(pointer);
        }
        return pointers;
    }

    /**
     * The value after this operation.
     *
     * @param before the value now, {@code null} when the field is absent
     * @return {@code null} when the field is absent afterwards
     * @throws ParseException 111 when the value now has a type the operation cannot work on
     */
    default ParseValue applyTo(ParseValue before) {
        return switch (this) {
            case Set(var value) -> value;
            case Delete() -> null;
            case SetOnInsert(var value) -> before == null ? value : before;
            case Increment(double amount) ->
                switch (before) {
                    case null -> new Num(amount);
                    case Null() -> new Num(amount);
                    case Num(double now) -> new Num(now + amount);
                    default -> throw wrongType("increment", "Number");
                };
            case Add(var objects) -> {
                var items = itemsOf(before, "add to");
                items.addAll(objects);
                yield new Array(items);
            }
            case AddUnique(var objects) -> {
                var items = itemsOf(before, "add to");
                var seen = new LinkedHashSet<>(items);
                for (ParseValue object : objects) {
                    if (seen.add(object)) {
                        items.add(object);
                    }
                }
                yield new Array(items);
            }
            case Remove(var objects) -> {
                var items = itemsOf(before, "remove from");
                items.removeAll(new LinkedHashSet<>(objects));
                yield new Array(items);
            }
            case AddRelation _, RemoveRelation _, Batch _ -> before; // join rows, not a value of the object
        };
    }

    private static List<ParseValue> itemsOf(ParseValue before, String verb) {
        return switch (before) {
            case null -> new ArrayList<>();
            case Null() -> new ArrayList<>();
            case Array(var items) -> new ArrayList<>(items);
            default -> throw wrongType(verb, "Array");
        };
    }

    private static ParseException wrongType(String verb, String type) {
        return new ParseException(
                ErrorCode.INCORRECT_TYPE, "Cannot " + verb + " a field whose value is not of type " + type);
    }
}
