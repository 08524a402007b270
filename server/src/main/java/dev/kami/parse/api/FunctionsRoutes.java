package dev.kami.parse.api;

import dev.kami.parse.function.FunctionRequest;
import dev.kami.parse.function.Functions;
import dev.kami.parse.job.Jobs;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;

/** {@code /functions} runs code for everybody, {@code /jobs} starts it for the master key. */
public final class FunctionsRoutes implements Routes {
    private final Functions functions;
    private final Jobs jobs;

    public FunctionsRoutes(Functions functions, Jobs jobs) {
        this.functions = functions;
        this.jobs = jobs;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("POST", "/functions/:functionName", this::call);
        table.add("POST", "/jobs/:jobName", request -> start(request, request.variable("jobName")));
        table.add("POST", "/jobs", request -> start(request, request.body().text("jobName")));
    }

    private ApiResponse call(ApiRequest request) {
        ParseValue result = functions.call(
                new FunctionRequest(request.variable("functionName"), request.params(), request.caller()));
        return result == null ? ApiResponse.empty() : ApiResponse.ok(Obj.of("result", result));
    }

    private ApiResponse start(ApiRequest request, String jobName) {
        request.requireWritingMaster("run a job");
        String statusId = jobs.start(request.caller(), jobName, request.params());
        return ApiResponse.empty().withHeader("X-Parse-Job-Status-Id", statusId);
    }
}
