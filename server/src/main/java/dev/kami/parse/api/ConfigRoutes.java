package dev.kami.parse.api;

import dev.kami.parse.config.GlobalConfig;
import dev.kami.parse.config.GraphQLConfig;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;

/** {@code /config} for everybody to read, {@code /graphql-config} for the master key; written with the master key. */
public final class ConfigRoutes implements Routes {
    private static final Obj DONE = Obj.of("result", ParseValue.TRUE);

    private final GlobalConfig config;
    private final GraphQLConfig graphQLConfig;

    public ConfigRoutes(GlobalConfig config, GraphQLConfig graphQLConfig) {
        this.config = config;
        this.graphQLConfig = graphQLConfig;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", "/config", request -> ApiResponse.ok(config.read(request.auth())));
        table.add("PUT", "/config", this::update);
        table.add("GET", "/graphql-config", this::readGraphQL);
        table.add("PUT", "/graphql-config", this::updateGraphQL);
    }

    private ApiResponse update(ApiRequest request) {
        request.requireWritingMaster("update the config");
        config.update(part(request, "params"), part(request, "masterKeyOnly"));
        return ApiResponse.ok(DONE);
    }

    private ApiResponse readGraphQL(ApiRequest request) {
        request.requireMaster();
        return ApiResponse.ok(graphQLConfig.read());
    }

    private ApiResponse updateGraphQL(ApiRequest request) {
        request.requireWritingMaster("update the GraphQL config");
        graphQLConfig.replace(part(request, "params"));
        return ApiResponse.ok(Obj.of("response", DONE)); // nested once more than elsewhere, as clients know it
    }

    private static Obj part(ApiRequest request, String key) {
        return request.body().get(key) instanceof Obj object ? object : Obj.EMPTY;
    }
}
