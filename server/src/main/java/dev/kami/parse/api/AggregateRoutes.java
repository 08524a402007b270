package dev.kami.parse.api;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.rest.Operations;
import dev.kami.parse.value.ParseValue;
import java.util.List;

/** {@code /aggregate/:className}: pipelines and distinct values, for the master key. */
public final class AggregateRoutes implements Routes {
    private final Operations operations;
    private final boolean allowedReadOnly;

    /** @param allowedReadOnly option {@code allowAggregationForReadOnlyMasterKey} */
    public AggregateRoutes(Operations operations, boolean allowedReadOnly) {
        this.operations = operations;
        this.allowedReadOnly = allowedReadOnly;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", "/aggregate/:className", this::aggregate);
    }

    private ApiResponse aggregate(ApiRequest request) {
        request.requireMaster();
        if (request.auth().isReadOnly() && !allowedReadOnly) {
            throw new ParseException(
                    ErrorCode.OPERATION_FORBIDDEN,
                    "Cannot run an aggregation pipeline when using the readOnlyMasterKey");
        }
        List<ParseValue> results =
                operations.aggregate(request.caller(), request.variable("className"), request.params());
        return ApiResponse.ok(out -> {
            out.startObject().name("results").startArray();
            results.forEach(out::value);
            out.endArray().endObject();
        });
    }
}
