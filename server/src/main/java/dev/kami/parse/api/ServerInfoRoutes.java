package dev.kami.parse.api;

import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.LinkedHashMap;

/** {@code /serverInfo}: what this server can do, for dashboards. */
public final class ServerInfoRoutes implements Routes {
    /** The npm server whose behaviour this one has; dashboards decide by it what they show. */
    static final String PARSE_SERVER_VERSION = "9.10.0";

    private final Obj answer;

    /**
     * @param ownVersion version of this server, beside the one whose behaviour it has
     * @param push whether push notifications can be sent
     * @param scheduledPush whether they can be sent later
     * @param securityCheck whether {@code /security} answers
     */
    public ServerInfoRoutes(String ownVersion, boolean push, boolean scheduledPush, boolean securityCheck) {
        Bool sends = ParseValue.of(push);
        this.answer = Obj.of(
                "features",
                Obj.of(
                        "globalConfig", all("create", "read", "update", "delete"),
                        "hooks", all("create", "read", "update", "delete"),
                        "cloudCode", all("jobs"),
                        "logs", all("level", "size", "order", "until", "from"),
                        "push",
                                Obj.of(
                                        "immediatePush",
                                        sends,
                                        "scheduledPush",
                                        ParseValue.of(scheduledPush),
                                        "storedPushData",
                                        sends,
                                        "pushAudiences",
                                        ParseValue.TRUE,
                                        "localization",
                                        ParseValue.TRUE),
                        "schemas",
                                all(
                                                "addField",
                                                "removeField",
                                                "addClass",
                                                "removeClass",
                                                "clearAllDataFromClass",
                                                "exportClass",
                                                "editClassLevelPermissions",
                                                "editPointerPermissions")
                                        .with("exportClass", ParseValue.FALSE),
                        "settings", Obj.of("securityCheck", ParseValue.of(securityCheck))),
                "parseServerVersion",
                new Str(PARSE_SERVER_VERSION),
                "kamiParseServerVersion",
                new Str(ownVersion));
    }

    private static Obj all(String... names) {
        var flags = new LinkedHashMap<String, ParseValue>();
        for (String name : names) {
            flags.put(name, ParseValue.TRUE);
        }
        return new Obj(flags);
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", "/serverInfo", request -> {
            request.requireMaster();
            return ApiResponse.ok(answer);
        });
    }
}
