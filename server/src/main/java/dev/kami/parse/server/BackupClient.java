package dev.kami.parse.server;

import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.JsonWriter;
import dev.kami.parse.value.MalformedJson;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Asks a running server for a backup. */
final class BackupClient {
    private static final int CONNECT_MILLIS = (int) TimeUnit.SECONDS.toMillis(5);
    private static final int READ_MILLIS = (int) TimeUnit.HOURS.toMillis(1);

    private BackupClient() {}

    /**
     * @param target on this machine
     * @return false when no server answers at that address, or another one
     * @throws IOException with the words of the server when it cannot write the backup
     */
    static boolean backup(RunningMark mark, Path target) throws IOException {
        var connection = (HttpURLConnection)
                URI.create(mark.url() + BackupRoute.PATH).toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty(BackupRoute.TOKEN_HEADER, mark.token());
        connection.setDoOutput(true);
        try {
            String file = target.toAbsolutePath().normalize().toString();
            connection.getOutputStream().write(JsonWriter.toBytes(Obj.of("file", ParseValue.of(file))));
        } catch (ConnectException _) {
            return false;
        }
        int status = connection.getResponseCode();
        if (status == HttpURLConnection.HTTP_OK) {
            return true;
        }
        if (status == HttpURLConnection.HTTP_NOT_FOUND) {
            return false;
        }
        throw new IOException(reason(connection, status));
    }

    private static String reason(HttpURLConnection connection, int status) throws IOException {
        try (InputStream body = connection.getErrorStream()) {
            byte[] bytes = body == null ? new byte[0] : body.readAllBytes();
            if (JsonReader.read(bytes) instanceof Obj answer && answer.text("error") != null) {
                return answer.text("error");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (MalformedJson _) {
            return "The running server answered with status " + status + ".";
        }
    }
}
