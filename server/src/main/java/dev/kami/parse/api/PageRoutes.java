package dev.kami.parse.api;

import dev.kami.parse.page.PageAnswer;
import dev.kami.parse.page.PageRequest;
import dev.kami.parse.page.PageRoute;
import dev.kami.parse.value.JsText;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The public pages. They need no application id in a header: a mail program sends none. */
public final class PageRoutes implements Routes {
    private final List<PageRoute> routes;

    /** @param routes of {@link dev.kami.parse.page.PageRouter} or {@link dev.kami.parse.page.LegacyPages} */
    public PageRoutes(List<PageRoute> routes) {
        this.routes = List.copyOf(routes);
    }

    @Override
    public void addTo(RouteTable table) {
        for (PageRoute route : routes) {
            table.addOpenCounted(
                    route.method(),
                    route.pattern(),
                    request -> response(route.handler().apply(pageRequest(request))));
        }
    }

    private static PageRequest pageRequest(ApiRequest request) {
        return new PageRequest(
                request.method(),
                request.variables(),
                texts(request.query()),
                texts(request.body()),
                request.caller().info());
    }

    /** A query value that looked like a number was read as one; lists and objects are no texts. */
    private static Map<String, String> texts(Obj values) {
        var texts = new LinkedHashMap<String, String>();
        values.fields().forEach((name, value) -> {
            if (isText(value)) {
                texts.put(name, JsText.of(value));
            }
        });
        return texts;
    }

    private static boolean isText(ParseValue value) {
        return value instanceof Str || value instanceof Num || value instanceof Bool;
    }

    private static ApiResponse response(PageAnswer answer) {
        return new ApiResponse(
                answer.status(), answer.headers(), new ApiResponse.Body.Raw(answer.contentType(), answer.bytes()));
    }
}
