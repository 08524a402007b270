package dev.kami.parse.api;

import dev.kami.parse.query.QueryParser;
import dev.kami.parse.rest.Operations;

/** {@code /installations}: the devices that get pushes. Lists and deletes are for the master key. */
public final class InstallationsRoutes implements Routes {
    private static final String CLASS = "_Installation";

    private final ObjectHandlers objects;

    public InstallationsRoutes(Operations operations, QueryParser parser) {
        this.objects = new ObjectHandlers(operations, parser);
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", "/installations", request -> objects.find(request, CLASS));
        table.add("GET", "/installations/:objectId", request -> objects.get(request, CLASS));
        table.add("POST", "/installations", request -> objects.create(request, CLASS));
        table.add("PUT", "/installations/:objectId", request -> objects.update(request, CLASS));
        table.add("DELETE", "/installations/:objectId", request -> objects.delete(request, CLASS));
    }
}
