package dev.kami.parse.hook;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;

/** A function or trigger on another server. */
public sealed interface Hook {
    String url();

    /** {@code {"functionName":"hello","url":"https://..."}}. */
    record OfFunction(String functionName, String url) implements Hook {}

    /** {@code {"className":"GameScore","triggerName":"beforeSave","url":"https://..."}}. */
    record OfTrigger(String className, String triggerName, String url) implements Hook {}

    default Obj toJson() {
        return switch (this) {
            case OfFunction(String functionName, String url) ->
                Obj.of("functionName", new Str(functionName), "url", new Str(url));
            case OfTrigger(String className, String triggerName, String url) ->
                Obj.of(
                        "className", new Str(className),
                        "triggerName", new Str(triggerName),
                        "url", new Str(url));
        };
    }

    /** Finds the stored declaration of the same function or trigger. */
    default Constraint same() {
        return switch (this) {
            case OfFunction(String functionName, var _) -> new EqualTo("functionName", new Str(functionName));
            case OfTrigger(String className, String triggerName, var _) ->
                Constraint.and(
                        new EqualTo("className", new Str(className)), new EqualTo("triggerName", new Str(triggerName)));
        };
    }
}
