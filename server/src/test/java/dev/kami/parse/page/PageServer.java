package dev.kami.parse.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.account.AccountActions;
import dev.kami.parse.api.Api;
import dev.kami.parse.api.Health;
import dev.kami.parse.api.Keys;
import dev.kami.parse.api.PageRoutes;
import dev.kami.parse.api.RouteTable;
import dev.kami.parse.api.Services;
import dev.kami.parse.api.SessionResolver;
import dev.kami.parse.api.Transactions;
import dev.kami.parse.auth.RequestInfo;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.http.HttpEdge;
import dev.kami.parse.http.HttpServer;
import dev.kami.parse.log.Log;
import dev.kami.parse.log.LogLevel;
import dev.kami.parse.log.RequestLog;
import dev.kami.parse.metrics.Metrics;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.OptionsBuilder;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A real server on a free port that has the pages and nothing else. Redirects are not followed. */
final class PageServer implements AutoCloseable {
    static final String PUBLIC = "https://app.example/parse";

    /** Knows one token of each kind, and remembers what it was asked. */
    static final class Accounts implements AccountActions {
        static final String GOOD = "goodGoodGoodGoodGoodGood1";
        static final String EXPIRED = "oldOldOldOldOldOldOldOld1";

        final List<String> calls = new CopyOnWriteArrayList<>();

        @Override
        public boolean verifyEmail(String token) {
            calls.add("verifyEmail " + token);
            refuse(token);
            return token.equals(GOOD);
        }

        @Override
        public boolean resendVerification(String username, String token, RequestInfo info) {
            calls.add("resendVerification " + username + " " + token);
            refuse(token == null ? username : token);
            return "ann".equals(username) || GOOD.equals(token);
        }

        @Override
        public boolean checkResetToken(String token) {
            calls.add("checkResetToken " + token);
            refuse(token);
            return token.equals(GOOD);
        }

        @Override
        public void resetPassword(String token, String newPassword) {
            calls.add("resetPassword " + token + " " + newPassword);
            refuse(token);
            if (token.equals(EXPIRED)) {
                throw new ParseException(ErrorCode.OTHER_CAUSE, "The password reset link has expired");
            }
            if (!token.equals(GOOD)) {
                throw new ParseException(
                        ErrorCode.OTHER_CAUSE, "Failed to reset password: username / email / token is invalid");
            }
            if (newPassword.equals("short")) {
                throw new ParseException(
                        ErrorCode.VALIDATION_ERROR, "Password does not meet the Password Policy requirements.");
            }
        }

        private static void refuse(String value) {
            switch (value) {
                case "trigger" ->
                    throw new ParseException(ErrorCode.SCRIPT_FAILED, "Not today, says <b>the trigger</b>.");
                case "denied" -> throw ParseException.denied(ErrorCode.OPERATION_FORBIDDEN, "class _User is closed");
                case "broken" -> throw new ParseException(ErrorCode.INTERNAL_SERVER_ERROR, "disk is full");
                default -> {}
            }
        }
    }

    final Accounts accounts = new Accounts();
    final List<String> lines = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    PageServer(Consumer<OptionsBuilder> more) {
        OptionsBuilder builder = Options.builder()
                .set("appId", "A")
                .set("masterKey", "M")
                .set("clientKey", "C")
                .set("appName", "Kami & <b>App</b>")
                .set("publicServerURL", PUBLIC);
        more.accept(builder);
        Options options = builder.build();
        var log = log(lines);
        var keys = new Keys(options, log);
        var health = new Health();
        var api = new Api(options, keys, health, log, new Metrics(), InstantSource.system());
        var table = new RouteTable();
        new PageRoutes(PublicPages.routes(options, accounts, log)).addTo(table);
        api.open(new Services(table, SessionResolver.NONE, _ -> {}, transactions()));
        health.become(Health.State.OK);
        server = HttpServer.open(
                "127.0.0.1", 0, new HttpEdge(api, keys, options, new RequestLog(log)), HttpServer.Limits.STANDARD);
    }

    private static Transactions transactions() {
        return new Transactions() {
            @Override
            public <T> T run(Callable<T> work) throws Exception {
                return work.call();
            }
        };
    }

    static Log log(List<String> lines) {
        return Log.to((level, message, meta) -> lines.add(level + " " + message + " " + meta), LogLevel.SILLY);
    }

    int port() {
        return server.port();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    /** @param form as the browser sends it: {@code a=b&c=d} */
    HttpResponse<String> post(String path, String form, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    HttpResponse<String> postJson(String path, String json, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/parse" + path))
                .timeout(Duration.ofSeconds(20));
        return headers.length == 0 ? request : request.headers(headers);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Sends a GET whose path no client would build, and reads the whole answer. */
    String rawGet(String path) {
        try (var socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(20_000);
            String text = "GET /parse" + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static String param(HttpResponse<?> response, String name) {
        return response.headers().firstValue("x-parse-page-param-" + name).orElse(null);
    }

    static String location(HttpResponse<?> response) {
        return response.headers().firstValue("location").orElse(null);
    }

    /** Heading of the page, from the built-in English files. */
    static String heading(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        String body = response.body();
        int start = body.indexOf("<h1>");
        return start < 0 ? body : body.substring(start + 4, body.indexOf("</h1>"));
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
