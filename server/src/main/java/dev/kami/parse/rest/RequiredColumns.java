package dev.kami.parse.rest;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.File;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.List;
import java.util.Map;

/** Fields without which an object of a system class makes no sense. */
final class RequiredColumns {
    private static final Map<String, List<String>> COLUMNS = Map.of(
            "_Product", List.of("productIdentifier", "icon", "order", "title", "subtitle"),
            "_Role", List.of("name", "ACL"));

    private RequiredColumns() {}

    static void run(WriteState write) {
        for (String column : COLUMNS.getOrDefault(write.className, List.of())) {
            if (isMissing(write, column)) {
                throw new ParseException(ErrorCode.INCORRECT_TYPE, column + " is required.");
            }
        }
        if (write.className.equals("_Product")
                && write.ops.get("download") instanceof FieldOp.Set(File(String name, var _))) {
            write.ops.put("downloadName", new FieldOp.Set(new Str(name)));
        }
    }

    private static boolean isMissing(WriteState write, String column) {
        ParseValue value = write.body.get(column);
        if (!write.creating) {
            return value instanceof Obj op && "Delete".equals(op.text("__op"));
        }
        return switch (value) {
            case null -> true;
            case Null() -> true;
            case Str(String text) -> text.isEmpty();
            default -> write.ops.get(column) instanceof FieldOp.Delete;
        };
    }
}
