package dev.kami.parse.api;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;

/** {@code /push}. There is no push adapter yet, so a well-formed request learns that none is configured. */
public final class PushRoutes implements Routes {
    @Override
    public void addTo(RouteTable table) {
        table.add("POST", "/push", PushRoutes::send);
    }

    private static ApiResponse send(ApiRequest request) {
        request.requireWritingMaster("send push notifications");
        boolean where = request.body().has("where");
        boolean channels = request.body().has("channels");
        if (where && channels) {
            throw misconfigured("Channels and query can not be set at the same time.");
        }
        if (!where && !channels) {
            throw misconfigured("Sending a push requires either \"channels\" or a \"where\" query.");
        }
        throw misconfigured("Missing push configuration");
    }

    private static ParseException misconfigured(String text) {
        return new ParseException(ErrorCode.PUSH_MISCONFIGURED, text);
    }
}
