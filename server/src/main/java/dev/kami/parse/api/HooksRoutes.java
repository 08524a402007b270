package dev.kami.parse.api;

import dev.kami.parse.hook.Hook;
import dev.kami.parse.hook.Hooks;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import java.util.List;

/** {@code /hooks}: declarations of webhooks. */
public final class HooksRoutes implements Routes {
    private final Hooks hooks;

    public HooksRoutes(Hooks hooks) {
        this.hooks = hooks;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", "/hooks/functions", request -> list(request, true));
        table.add("GET", "/hooks/triggers", request -> list(request, false));
        table.add("GET", "/hooks/functions/:functionName", this::function);
        table.add("GET", "/hooks/triggers/:className/:triggerName", this::trigger);
        table.add("POST", "/hooks/functions", this::create);
        table.add("POST", "/hooks/triggers", this::create);
        table.add("PUT", "/hooks/functions/:functionName", this::changeFunction);
        table.add("PUT", "/hooks/triggers/:className/:triggerName", this::changeTrigger);
    }

    private ApiResponse list(ApiRequest request, boolean functions) {
        request.requireMaster();
        List<ParseValue> found = (functions ? hooks.functions() : hooks.triggers())
                .stream().<ParseValue>map(Hook::toJson).toList();
        return ApiResponse.ok(new Array(found));
    }

    private ApiResponse function(ApiRequest request) {
        request.requireMaster();
        return answer(hooks.function(request.variable("functionName")));
    }

    private ApiResponse trigger(ApiRequest request) {
        request.requireMaster();
        return answer(hooks.trigger(request.variable("className"), request.variable("triggerName")));
    }

    private ApiResponse create(ApiRequest request) {
        request.requireWritingMaster("create a hook");
        return answer(hooks.create(request.body()));
    }

    private ApiResponse changeFunction(ApiRequest request) {
        request.requireWritingMaster("modify a hook");
        String name = request.variable("functionName");
        if (isDelete(request)) {
            hooks.deleteFunction(name);
            return ApiResponse.empty();
        }
        return answer(hooks.updateFunction(name, request.body()));
    }

    private ApiResponse changeTrigger(ApiRequest request) {
        request.requireWritingMaster("modify a hook");
        String className = request.variable("className");
        String triggerName = request.variable("triggerName");
        if (isDelete(request)) {
            hooks.deleteTrigger(className, triggerName);
            return ApiResponse.empty();
        }
        return answer(hooks.updateTrigger(className, triggerName, request.body()));
    }

    private static boolean isDelete(ApiRequest request) {
        return "Delete".equals(request.body().text("__op"));
    }

    private static ApiResponse answer(Hook hook) {
        return ApiResponse.ok(hook.toJson());
    }
}
