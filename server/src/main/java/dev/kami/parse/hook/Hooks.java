package dev.kami.parse.hook;

import dev.kami.parse.database.SchemaCatalog;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.hook.Hook.OfFunction;
import dev.kami.parse.hook.Hook.OfTrigger;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.Exists;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.storage.Update;
import dev.kami.parse.trigger.TriggerType;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The declared webhooks, kept in {@code _Hooks}. One change at a time, so that two requests cannot both declare the same
 * function.
 */
public final class Hooks {
    private final StorageAdapter storage;
    private final SchemaCatalog schemas;

    public Hooks(StorageAdapter storage, SchemaCatalog schemas) {
        this.storage = storage;
        this.schemas = schemas;
    }

    public List<Hook> functions() {
        return find(new Exists("functionName", true));
    }

    public List<Hook> triggers() {
        return find(Constraint.and(new Exists("className", true), new Exists("triggerName", true)));
    }

    /** @throws ParseException 143 {@code no function named: ...} */
    public Hook function(String functionName) {
        return stored(new OfFunction(functionName, "")).orElseThrow(() -> noFunction(functionName));
    }

    /** @throws ParseException 143 {@code class ... does not exist}, also when only the trigger is missing */
    public Hook trigger(String className, String triggerName) {
        return stored(new OfTrigger(className, triggerName, "")).orElseThrow(() -> noTrigger(className));
    }

    /**
     * Declares a new hook.
     *
     * @param body {@code {functionName, url}} or {@code {className, triggerName, url}}; other keys do not matter
     * @throws ParseException 143 for another body, and when it is declared already
     */
    public synchronized Hook create(Obj body) {
        String functionName = given(body, "functionName");
        String className = given(body, "className");
        String triggerName = given(body, "triggerName");
        if (functionName != null && stored(new OfFunction(functionName, "")).isPresent()) {
            throw invalid("function name: " + functionName + " already exists");
        }
        if (functionName == null
                && className != null
                && triggerName != null
                && stored(new OfTrigger(className, triggerName, "")).isPresent()) {
            throw invalid("class " + className + " already has trigger " + triggerName);
        }
        Hook hook = declared(functionName, className, triggerName, given(body, "url"));
        storage.insert(schemas.ensureClass("_Hooks"), ParseObject.of("_Hooks", hook.toJson()));
        return hook;
    }

    /** @throws ParseException 143 when there is no such hook, or no URL */
    public synchronized Hook updateFunction(String functionName, Obj body) {
        Hook hook = declared(functionName, null, null, given(body, "url"));
        if (!replaceUrl(hook)) {
            throw noFunction(functionName);
        }
        return hook;
    }

    /** @throws ParseException 143 when there is no such hook, or no URL */
    public synchronized Hook updateTrigger(String className, String triggerName, Obj body) {
        String url = given(body, "url");
        if (url == null) {
            throw invalid("invalid hook declaration");
        }
        Hook hook = new OfTrigger(className, triggerName, url);
        if (!replaceUrl(hook)) {
            throw noTrigger(className);
        }
        return hook;
    }

    /** @throws ParseException 101 when there is no such hook */
    public void deleteFunction(String functionName) {
        delete(new OfFunction(functionName, ""));
    }

    /** @throws ParseException 101 when there is no such hook */
    public void deleteTrigger(String className, String triggerName) {
        delete(new OfTrigger(className, triggerName, ""));
    }

    private synchronized void delete(Hook hook) {
        if (storage.delete(schemas.find("_Hooks"), hook.same()) == 0) {
            throw ParseException.objectNotFound();
        }
    }

    private boolean replaceUrl(Hook hook) {
        var ops = new LinkedHashMap<String, FieldOp>();
        ops.put("url", new FieldOp.Set(new Str(hook.url())));
        return storage.updateMany(new Update(schemas.find("_Hooks"), hook.same(), ops)) > 0;
    }

    private static Hook declared(String functionName, String className, String triggerName, String url) {
        if (functionName != null && url != null) {
            return new OfFunction(functionName, url);
        }
        boolean possible = className != null
                && triggerName != null
                && url != null
                && TriggerType.of(triggerName)
                        .filter(type -> type.allowedOn(className))
                        .isPresent();
        if (!possible) {
            throw invalid("invalid hook declaration");
        }
        return new OfTrigger(className, triggerName, url);
    }

    private Optional<Hook> stored(Hook hook) {
        return find(hook.same()).stream().findFirst();
    }

    private List<Hook> find(Constraint where) {
        var hooks = new ArrayList<Hook>();
        storage.find(Find.all(schemas.find("_Hooks"), where), row -> hooks.add(of(row.toObj())));
        return hooks;
    }

    private static Hook of(Obj row) {
        return row.text("functionName") != null
                ? new OfFunction(row.text("functionName"), row.text("url"))
                : new OfTrigger(row.text("className"), row.text("triggerName"), row.text("url"));
    }

    /** The text, {@code null} when it is missing, empty or something else. */
    private static String given(Obj body, String key) {
        String text = body.text(key);
        return text == null || text.isEmpty() ? null : text;
    }

    private static ParseException noFunction(String functionName) {
        return invalid("no function named: " + functionName + " is defined");
    }

    private static ParseException noTrigger(String className) {
        return invalid("class " + className + " does not exist");
    }

    private static ParseException invalid(String text) {
        return new ParseException(ErrorCode.INVALID_HOOK, text);
    }
}
