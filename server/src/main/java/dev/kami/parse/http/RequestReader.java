package dev.kami.parse.http;

import dev.kami.parse.api.Incoming;
import dev.kami.parse.api.Incoming.SentKeys;
import dev.kami.parse.api.Keys;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.options.TrustProxy;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.MalformedJson;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Reads a request: headers, query string and body, and what browser SDKs put into the body instead of headers
 * ({@code _method}, {@code _ApplicationId} ...), because such requests need no pre-flight.
 */
final class RequestReader {
    private static final HeaderName APP_ID = HeaderNames.create("X-Parse-Application-Id");
    private static final HeaderName MASTER_KEY = HeaderNames.create("X-Parse-Master-Key");
    private static final HeaderName MAINTENANCE_KEY = HeaderNames.create("X-Parse-Maintenance-Key");
    private static final HeaderName SESSION_TOKEN = HeaderNames.create("X-Parse-Session-Token");
    private static final HeaderName INSTALLATION_ID = HeaderNames.create("X-Parse-Installation-Id");
    private static final HeaderName CLIENT_KEY = HeaderNames.create("X-Parse-Client-Key");
    private static final HeaderName JAVASCRIPT_KEY = HeaderNames.create("X-Parse-Javascript-Key");
    private static final HeaderName WINDOWS_KEY = HeaderNames.create("X-Parse-Windows-Key");
    private static final HeaderName REST_API_KEY = HeaderNames.create("X-Parse-REST-API-Key");
    private static final HeaderName REQUEST_ID = HeaderNames.create("X-Parse-Request-Id");
    private static final HeaderName CLOUD_CONTEXT = HeaderNames.create("X-Parse-Cloud-Context");
    private static final HeaderName FORWARDED_FOR = HeaderNames.X_FORWARDED_FOR;

    private final Keys keys;
    private final TrustProxy trustProxy;
    private final BodyReader bodies;

    RequestReader(Keys keys, TrustProxy trustProxy, BodyReader bodies) {
        this.keys = keys;
        this.trustProxy = trustProxy;
        this.bodies = bodies;
    }

    /**
     * @param path below the mount path
     * @throws ParseException 400, 413 or 415 without code for a body that cannot be read, 107 for a bad context
     */
    Incoming read(ServerRequest request, String id, String sentMethod, String path, String fullPath) {
        Headers headers = request.headers();
        byte[] bytes = bodies.read(request);
        boolean upload = sentMethod.equals("POST") && (path.startsWith("/files/") || path.equals("/files"));
        String contentType = text(headers, HeaderNames.CONTENT_TYPE);
        boolean raw = upload || isType(contentType, "multipart/form-data");
        Obj body = raw || bytes.length == 0 ? Obj.EMPTY : body(bytes, contentType, path);

        String method = sentMethod;
        if (sentMethod.equals("POST") && BodyKeys.isGiven(body.get("_method"))) {
            if (body.get("_method") instanceof Str(String other)) {
                method = other.toUpperCase(Locale.ROOT);
            }
            body = body.without("_method");
        }
        String contextText = text(headers, CLOUD_CONTEXT);
        Obj context = contextText == null ? Obj.EMPTY : context(contextText);
        SentKeys sent = keys(headers);
        if (body.has("_noBody")) {
            body = body.without("_noBody");
        }
        if (!keys.isKnownApp(sent.appId())) {
            boolean packed = raw;
            if (packed) {
                body = packed(bytes);
            }
            var taken = BodyKeys.take(body, sent, context, keys);
            sent = taken.keys();
            context = taken.context();
            body = taken.body();
            if (packed && keys.isKnownApp(sent.appId())) {
                bytes = base64(body);
                body = body.has("fileData") ? Obj.of("fileData", body.get("fileData")) : Obj.EMPTY;
            }
        }
        return new Incoming(
                id,
                method,
                sentMethod,
                path,
                fullPath,
                QueryText.query(request.prologue().query().rawValue()),
                body,
                raw ? bytes : null,
                sent,
                text(headers, REQUEST_ID),
                context,
                ip(request, headers),
                new LazyHeaders(headers));
    }

    private static Obj body(byte[] bytes, String contentType, String path) {
        if (isType(contentType, "application/x-www-form-urlencoded")) {
            return QueryText.form(new String(bytes, StandardCharsets.UTF_8));
        }
        ParseValue value = read(bytes);
        if (value instanceof Array && path.startsWith("/aggregate/")) {
            return Obj.of("pipeline", value); // a pipeline may be the whole body
        }
        return object(value);
    }

    private static Obj object(ParseValue value) {
        if (value instanceof Obj fields) {
            return fields;
        }
        throw ParseException.withStatus(
                400,
                switch (value) {
                    case Str _, Num _, Bool _, Null _ -> "Unexpected token, the body is not a JSON object";
                    case Array _ -> "The body is a JSON list, not an object";
                    default -> "The body is a value of a Parse type, not an object";
                });
    }

    private static ParseValue read(byte[] bytes) {
        try {
            return JsonReader.read(bytes);
        } catch (MalformedJson e) {
            throw e.isLimit()
                    ? new ParseException(ErrorCode.INVALID_JSON, e.getMessage())
                    : ParseException.withStatus(400, e.getMessage());
        }
    }

    /** An upload without application id may be JSON that holds the file; anything else stays without keys. */
    private static Obj packed(byte[] bytes) {
        try {
            return JsonReader.read(bytes) instanceof Obj fields ? fields : Obj.EMPTY;
        } catch (MalformedJson _) {
            return Obj.EMPTY; // a plain file; the request is refused for its missing application id
        }
    }

    private static byte[] base64(Obj body) {
        String text = body.text("base64");
        try {
            return text == null ? new byte[0] : Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            throw new ParseException(ErrorCode.FILE_SAVE_ERROR, "Invalid file upload.");
        }
    }

    private static Obj context(String text) {
        try {
            if (JsonReader.read(text) instanceof Obj context) {
                return context;
            }
        } catch (MalformedJson _) {
            // the same answer as for JSON that is no object
        }
        throw BodyKeys.badContext();
    }

    private SentKeys keys(Headers headers) {
        String appId = text(headers, APP_ID);
        String masterKey = text(headers, MASTER_KEY);
        String javascriptKey = text(headers, JAVASCRIPT_KEY);
        String authorization = text(headers, HeaderNames.AUTHORIZATION);
        if (authorization != null) {
            BasicAuth basic = BasicAuth.of(authorization);
            if (basic != null && keys.isKnownApp(basic.appId())) {
                appId = basic.appId();
                masterKey = basic.masterKey() == null ? masterKey : basic.masterKey();
                javascriptKey = basic.javascriptKey() == null ? javascriptKey : basic.javascriptKey();
            }
        }
        return new SentKeys(
                appId,
                masterKey,
                text(headers, MAINTENANCE_KEY),
                text(headers, SESSION_TOKEN),
                text(headers, INSTALLATION_ID),
                text(headers, CLIENT_KEY),
                javascriptKey,
                text(headers, WINDOWS_KEY),
                text(headers, REST_API_KEY));
    }

    private static String text(Headers headers, HeaderName name) {
        return headers.contains(name) ? headers.get(name).get() : null;
    }

    private static boolean isType(String contentType, String type) {
        return contentType != null && contentType.regionMatches(true, 0, type, 0, type.length());
    }

    private String ip(ServerRequest request, Headers headers) {
        String connection =
                request.remotePeer().address() instanceof InetSocketAddress address && address.getAddress() != null
                        ? address.getAddress().getHostAddress()
                        : request.remotePeer().host();
        return headers.contains(FORWARDED_FOR)
                ? trustProxy.clientAddress(
                        connection, String.join(",", headers.get(FORWARDED_FOR).allValues()))
                : connection;
    }
}
