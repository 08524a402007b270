package dev.kami.parse.config;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.database.SchemaCatalog;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.value.JsText;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Parse.Config: parameters that clients read, some of them only with the master key. Stored as {@code {params,
 * masterKeyOnly}}; a parameter is changed on its own, so two writers of different parameters do not disturb each other.
 */
public final class GlobalConfig {
    private final ConfigRow row;

    public GlobalConfig(StorageAdapter storage, SchemaCatalog schemas) {
        this.row = new ConfigRow(storage, schemas, "_GlobalConfig");
    }

    /** {@code {params, masterKeyOnly}} as this caller may see it; {@code {params:{}}} when nothing is stored. */
    public Obj read(Auth auth) {
        Optional<ParseObject> stored = row.read();
        if (stored.isEmpty()) {
            return Obj.of("params", Obj.EMPTY);
        }
        Obj params = object(stored.get(), "params");
        Obj flags = object(stored.get(), "masterKeyOnly");
        if (!auth.isMaster()) {
            String[] hidden = params.fields().keySet().stream()
                    .filter(name -> JsText.isTruthy(flags.get(name)))
                    .toArray(String[]::new);
            params = params.without(hidden);
            return answer(stored.get(), params, flags.without(hidden));
        }
        return answer(stored.get(), params, flags);
    }

    private static Obj answer(ParseObject stored, Obj params, Obj flags) {
        return stored.has("masterKeyOnly")
                ? Obj.of("params", params, "masterKeyOnly", flags)
                : Obj.of("params", params);
    }

    private static Obj object(ParseObject stored, String field) {
        return stored.get(field) instanceof Obj object ? object : Obj.EMPTY;
    }

    /**
     * Changes the named parameters, others stay; {@code {"__op":"Delete"}} removes one.
     *
     * @param masterKeyOnly name to true for parameters that only the master key may read; false for named parameters
     *     that are missing here
     * @throws ParseException 121 for names with {@code $} or {@code .}
     */
    public void update(Obj params, Obj masterKeyOnly) {
        if (params.isEmpty()) {
            return;
        }
        var ops = new LinkedHashMap<String, FieldOp>();
        params.fields().forEach((name, value) -> {
            requirePlainName(name);
            requirePlainKeys(value);
            ops.put("params." + name, FieldOp.parse(value));
            ops.put("masterKeyOnly." + name, new FieldOp.Set(flag(masterKeyOnly.get(name))));
        });
        row.write(ops);
    }

    private static ParseValue flag(ParseValue wanted) {
        return ParseValue.of(JsText.isTruthy(wanted));
    }

    private static void requirePlainKeys(ParseValue value) {
        switch (value) {
            case Obj object ->
                object.fields().forEach((name, inner) -> {
                    requirePlainName(name);
                    requirePlainKeys(inner);
                });
            case Array(var items) -> items.forEach(GlobalConfig::requirePlainKeys);
            default -> {
                // no keys inside
            }
        }
    }

    private static void requirePlainName(String name) {
        if (name.isEmpty() || name.indexOf('.') >= 0 || name.indexOf('$') >= 0) {
            throw new ParseException(
                    ErrorCode.INVALID_NESTED_KEY, "Nested keys should not contain the '$' or '.' characters");
        }
    }
}
