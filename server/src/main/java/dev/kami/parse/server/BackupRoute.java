package dev.kami.parse.server;

import dev.kami.parse.api.ApiRequest;
import dev.kami.parse.api.ApiResponse;
import dev.kami.parse.api.NotFoundPage;
import dev.kami.parse.api.RouteTable;
import dev.kami.parse.api.Routes;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.storage.StorageOpenException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.function.Consumer;

/**
 * {@code POST /kami/backup}: the running server writes a copy of its database, for the command {@code parse-server
 * backup}. Answers only who knows the token of the {@link RunningMark}; for everybody else the path does not exist.
 */
final class BackupRoute implements Routes {
    static final String PATH = "/kami/backup";
    static final String TOKEN_HEADER = "X-Kami-Token";

    private final Consumer<Path> backup;
    private final byte[] token;

    BackupRoute(Consumer<Path> backup, String token) {
        this.backup = backup;
        this.token = token.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void addTo(RouteTable table) {
        table.addOpen("POST", PATH, this::backup);
    }

    private ApiResponse backup(ApiRequest request) {
        String sent = request.headers().get(TOKEN_HEADER.toLowerCase(java.util.Locale.ROOT));
        if (sent == null || !MessageDigest.isEqual(token, sent.getBytes(StandardCharsets.UTF_8))) {
            return NotFoundPage.response(request.method(), request.path());
        }
        try {
            backup.accept(Path.of(request.body().text("file")));
            return ApiResponse.empty();
        } catch (StorageOpenException | InvalidPathException e) {
            throw ParseException.withStatus(400, e.getMessage());
        }
    }
}
