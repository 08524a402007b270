package dev.kami.parse.rest;

import dev.kami.parse.op.FieldOp;
import dev.kami.parse.value.IsoDate;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Str;
import dev.kami.parse.value.UriText;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * What the client does not know yet after a write: id and dates, results of operations whose outcome it cannot compute,
 * fields that got another value than it sent.
 */
final class Answer {
    private final Supplier<String> serverUrl;
    private final boolean showProtected;

    /** @param showProtected whether the answer may hold fields that the caller could not read */
    Answer(Supplier<String> serverUrl, boolean showProtected) {
        this.serverUrl = serverUrl;
        this.showProtected = showProtected;
    }

    void run(WriteState write) {
        var body = new LinkedHashMap<String, ParseValue>();
        write.ops.forEach((path, op) -> {
            if (hasOutcome(op)) {
                addOutcome(path, write.stored, body);
            }
        });
        for (String field : write.changed) {
            ParseValue value = write.stored.get(field);
            if (value != null) {
                body.put(field, value);
            }
        }
        if (!showProtected && write.rules != null) {
            body.keySet().removeAll(write.rules.hiddenFrom(write.auth()));
        }
        String location = null;
        if (write.creating) {
            body.put("objectId", new Str(write.objectId));
            body.put("createdAt", new Str(IsoDate.format(write.createdAt)));
            location = location(write);
        } else {
            body.put("updatedAt", new Str(IsoDate.format(write.updatedAt)));
        }
        if (write.sessionToken != null) {
            body.put("sessionToken", new Str(write.sessionToken));
        }
        if (write.authDataResponse != null) {
            body.put("authDataResponse", write.authDataResponse);
        }
        write.result = new WriteResult(write.creating ? 201 : 200, new Obj(body), location);
    }

    private static boolean hasOutcome(FieldOp op) {
        return switch (op) {
            case FieldOp.Increment _, FieldOp.Add _, FieldOp.AddUnique _, FieldOp.Remove _, FieldOp.SetOnInsert _ ->
                true;
            case FieldOp.Set _, FieldOp.Delete _ -> false;
            case FieldOp.AddRelation _, FieldOp.RemoveRelation _, FieldOp.Batch _ -> false;
        };
    }

    /** The value at the path, with the objects around it; of a path into an array the whole array. */
    private static void addOutcome(String path, ParseObject stored, SequencedMap<String, ParseValue> body) {
        String[] names = path.split("\\.");
        ParseValue root = stored.get(names[0]);
        if (names.length == 1 || root instanceof Array) {
            if (root != null && !(root instanceof Null) && !(root instanceof Pointer)) {
                body.put(names[0], root);
            }
            return;
        }
        ParseValue value = root;
        for (int i = 1; i < names.length && value != null; i++) {
            value = value instanceof Obj object ? object.get(names[i]) : null;
        }
        if (value != null) {
            body.put(names[0], with(body.get(names[0]), names, 1, value));
        }
    }

    private static ParseValue with(ParseValue before, String[] names, int at, ParseValue value) {
        if (at == names.length) {
            return value;
        }
        Obj into = before instanceof Obj object ? object : Obj.EMPTY;
        return into.with(names[at], with(into.get(names[at]), names, at + 1, value));
    }

    String location(WriteState write) {
        String folder = write.className.equals("_User") ? "/users/" : "/classes/" + write.className + "/";
        return serverUrl.get() + folder + UriText.component(write.objectId);
    }
}
