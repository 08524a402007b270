package dev.kami.parse.api;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.job.Jobs;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Query;
import dev.kami.parse.rest.Operations;
import dev.kami.parse.rest.WriteResult;
import dev.kami.parse.value.IsoDate;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/** {@code /cloud_code/jobs}: when which job should run, as dashboards note it, for the master key. */
public final class JobSchedulesRoutes implements Routes {
    private static final String CLASS = "_JobSchedule";

    private final Operations operations;
    private final Jobs jobs;
    private final InstantSource clock;

    public JobSchedulesRoutes(Operations operations, Jobs jobs, InstantSource clock) {
        this.operations = operations;
        this.jobs = jobs;
        this.clock = clock;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", "/cloud_code/jobs", this::schedules);
        table.add("GET", "/cloud_code/jobs/data", this::names);
        table.add("POST", "/cloud_code/jobs", this::create);
        table.add("PUT", "/cloud_code/jobs/:objectId", this::update);
        table.add("DELETE", "/cloud_code/jobs/:objectId", this::delete);
    }

    private ApiResponse schedules(ApiRequest request) {
        List<ParseObject> rows = rows(request);
        return ApiResponse.ok(out -> {
            out.startArray();
            rows.forEach(row -> row.writeTo(out));
            out.endArray();
        });
    }

    private ApiResponse names(ApiRequest request) {
        List<ParseValue> inUse = rows(request).stream()
                .map(row -> row.get("jobName"))
                .filter(Objects::nonNull)
                .toList();
        List<ParseValue> defined =
                jobs.names().stream().<ParseValue>map(Str::new).toList();
        return ApiResponse.ok(Obj.of("in_use", new Array(inUse), "jobs", new Array(defined)));
    }

    private List<ParseObject> rows(ApiRequest request) {
        request.requireMaster();
        Query all = Query.of(CLASS, Constraint.ALWAYS).withLimit(Integer.MAX_VALUE);
        return operations.find(request.caller(), all).results();
    }

    private ApiResponse create(ApiRequest request) {
        request.requireMaster();
        return ObjectHandlers.answer(operations.create(request.caller(), CLASS, schedule(request)));
    }

    private ApiResponse update(ApiRequest request) {
        request.requireMaster();
        WriteResult written =
                operations.update(request.caller(), CLASS, request.variable("objectId"), schedule(request));
        return ApiResponse.ok(Obj.of("response", written.body())); // nested once more than elsewhere
    }

    private ApiResponse delete(ApiRequest request) {
        request.requireMaster();
        operations.delete(request.caller(), CLASS, request.variable("objectId"));
        return ApiResponse.empty();
    }

    /** Part {@code job_schedule} of the body; starts now when it does not say when. */
    private Obj schedule(ApiRequest request) {
        if (!(request.body().get("job_schedule") instanceof Obj schedule)) {
            throw new ParseException(ErrorCode.INVALID_JSON, "job_schedule must be an object");
        }
        String jobName = schedule.text("jobName");
        if (jobName != null && !jobName.isEmpty() && !jobs.isDefined(jobName)) {
            throw new ParseException(ErrorCode.INTERNAL_SERVER_ERROR, "Cannot Schedule a job that is not deployed");
        }
        return schedule.has("startAfter")
                ? schedule
                : schedule.with("startAfter", new Str(IsoDate.format(clock.millis())));
    }
}
