package dev.kami.parse.http;

import dev.kami.parse.api.Incoming.SentKeys;
import dev.kami.parse.api.Keys;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.MalformedJson;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.LinkedHashMap;

/** The keys that browser SDKs put into the body. Looked at only when no known application id stands in the headers. */
final class BodyKeys {
    /** What came out; without application id when the request must be refused. */
    record Taken(SentKeys keys, Obj context, Obj body) {}

    private BodyKeys() {}

    static Taken take(Obj body, SentKeys headers, Obj context, Keys keys) {
        String appId = body.text("_ApplicationId");
        if (!keys.isKnownApp(appId)
                || headers.masterKey() != null
                        && !headers.masterKey().isEmpty()
                        && !keys.isMasterKey(headers.masterKey())) {
            return refused(context, body);
        }
        var rest = new LinkedHashMap<>(body.fields());
        rest.remove("_ApplicationId");
        rest.remove("_RevocableSession");
        rest.remove("_ClientVersion");
        ParseValue javascriptKey = rest.remove("_JavaScriptKey");
        ParseValue installationId = takeGiven(rest, "_InstallationId");
        ParseValue sessionToken = takeGiven(rest, "_SessionToken");
        ParseValue masterKey = takeGiven(rest, "_MasterKey");
        ParseValue sentContext = takeGiven(rest, "_context");
        ParseValue contentType = takeGiven(rest, "_ContentType");
        if (isNotText(installationId) || isNotText(sessionToken) || isNotText(masterKey) || isNotText(contentType)) {
            return refused(context, body);
        }
        var sent = new SentKeys(
                appId,
                text(masterKey, headers.masterKey()),
                headers.maintenanceKey(),
                text(sessionToken, headers.sessionToken()),
                text(installationId, headers.installationId()),
                headers.clientKey(),
                text(javascriptKey, ""),
                headers.dotNetKey(),
                headers.restApiKey());
        return new Taken(sent, sentContext == null ? context : context(sentContext), new Obj(rest));
    }

    private static Taken refused(Obj context, Obj body) {
        return new Taken(SentKeys.NONE, context, body);
    }

    /** Removes the key; {@code null} when it is not given, and then it stays in the body. */
    private static ParseValue takeGiven(LinkedHashMap<String, ParseValue> body, String key) {
        return isGiven(body.get(key)) ? body.remove(key) : null;
    }

    /** False for an absent key and for what JavaScript calls falsy. */
    static boolean isGiven(ParseValue value) {
        return switch (value) {
            case null -> false;
            case Null() -> false;
            case Bool(boolean b) -> b;
            case Num(double n) -> n != 0;
            case Str(String s) -> !s.isEmpty();
            default -> true;
        };
    }

    private static boolean isNotText(ParseValue value) {
        return value != null && !(value instanceof Str);
    }

    private static String text(ParseValue value, String otherwise) {
        return value instanceof Str(String text) ? text : otherwise;
    }

    private static Obj context(ParseValue sent) {
        if (sent instanceof Obj context) {
            return context;
        }
        try {
            if (sent instanceof Str(String text) && JsonReader.read(text) instanceof Obj context) {
                return context;
            }
        } catch (MalformedJson _) {
            // the same answer as for JSON that is no object
        }
        throw badContext();
    }

    static ParseException badContext() {
        return new ParseException(ErrorCode.INVALID_JSON, "Invalid object for context.");
    }
}
