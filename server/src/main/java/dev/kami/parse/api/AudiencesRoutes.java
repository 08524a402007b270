package dev.kami.parse.api;

import dev.kami.parse.query.QueryParser;
import dev.kami.parse.rest.FindResult;
import dev.kami.parse.rest.Operations;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.MalformedJson;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Str;

/**
 * {@code /push_audiences}: stored queries for installations, for the master key. The query is stored as JSON text,
 * because its keys hold {@code $}, and answered as what the text says.
 */
public final class AudiencesRoutes implements Routes {
    private static final String CLASS = "_Audience";

    private final ObjectHandlers objects;

    public AudiencesRoutes(Operations operations, QueryParser parser) {
        this.objects = new ObjectHandlers(operations, parser);
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", "/push_audiences", forMaster(this::find));
        table.add("GET", "/push_audiences/:objectId", forMaster(this::get));
        table.add("POST", "/push_audiences", forMaster(request -> objects.create(request, CLASS)));
        table.add("PUT", "/push_audiences/:objectId", forMaster(request -> objects.update(request, CLASS)));
        table.add("DELETE", "/push_audiences/:objectId", forMaster(request -> objects.delete(request, CLASS)));
    }

    private static Handler forMaster(Handler handler) {
        return request -> {
            request.requireMaster();
            return handler.handle(request);
        };
    }

    private ApiResponse find(ApiRequest request) {
        FindResult found = objects.results(request, CLASS);
        return ObjectHandlers.answer(new FindResult(
                found.results().stream().map(AudiencesRoutes::withParsedQuery).toList(),
                found.count(),
                found.explained()));
    }

    private ApiResponse get(ApiRequest request) {
        return ApiResponse.ok(withParsedQuery(objects.object(request, CLASS))::writeTo);
    }

    /** A text that is no JSON is answered as it is. */
    private static ParseObject withParsedQuery(ParseObject audience) {
        if (!(audience.get("query") instanceof Str(String json))) {
            return audience;
        }
        try {
            return audience.with("query", JsonReader.read(json));
        } catch (MalformedJson notJson) {
            return audience;
        }
    }
}
