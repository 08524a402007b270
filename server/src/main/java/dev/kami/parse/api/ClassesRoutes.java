package dev.kami.parse.api;

import dev.kami.parse.query.QueryParser;
import dev.kami.parse.rest.Operations;
import java.util.function.Function;

/** {@code /classes/:className}: objects of every class; {@code /roles} is the class {@code _Role} by another name. */
public final class ClassesRoutes implements Routes {
    private final ObjectHandlers objects;

    public ClassesRoutes(Operations operations, QueryParser parser) {
        this.objects = new ObjectHandlers(operations, parser);
    }

    @Override
    public void addTo(RouteTable table) {
        add(table, "/classes/:className", request -> request.variable("className"));
        add(table, "/roles", _ -> "_Role");
    }

    private void add(RouteTable table, String path, Function<ApiRequest, String> className) {
        table.add("GET", path, request -> objects.find(request, className.apply(request)));
        table.add("GET", path + "/:objectId", request -> objects.get(request, className.apply(request)));
        table.add("POST", path, request -> objects.create(request, className.apply(request)));
        table.add("PUT", path + "/:objectId", request -> objects.update(request, className.apply(request)));
        table.add("DELETE", path + "/:objectId", request -> objects.delete(request, className.apply(request)));
    }
}
