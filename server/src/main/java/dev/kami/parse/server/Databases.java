package dev.kami.parse.server;

import dev.kami.parse.options.DatabaseClientOptions;
import dev.kami.parse.options.DatabaseLocation;
import dev.kami.parse.options.DatabaseLocation.EmbeddedFile;
import dev.kami.parse.options.DatabaseLocation.EmbeddedMemory;
import dev.kami.parse.options.DatabaseLocation.Postgres;
import dev.kami.parse.options.Option;
import dev.kami.parse.options.Options;
import dev.kami.parse.storage.sql.EmbeddedDatabase;
import dev.kami.parse.storage.sql.PostgresDatabase;
import dev.kami.parse.storage.sql.PostgresSettings;
import dev.kami.parse.storage.sql.SqlStorage;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Opens the database of a location. */
final class Databases {
    private Databases() {}

    /**
     * @param options say how to talk to it
     * @param warnings told what does not stop the server
     * @throws dev.kami.parse.storage.StorageOpenException when it cannot be used
     */
    static SqlStorage open(DatabaseLocation location, Options options, Consumer<String> warnings) {
        return switch (location) {
            case EmbeddedFile(Path file) -> EmbeddedDatabase.file(file);
            case EmbeddedMemory(String name) -> EmbeddedDatabase.memory(name);
            case Postgres(String uri) -> PostgresDatabase.open(PostgresSettings.of(uri, client(options)), warnings);
        };
    }

    /** As the user may write it again, without what is secret. */
    static String name(DatabaseLocation location) {
        return switch (location) {
            case EmbeddedFile(Path file) -> "h2:file:" + file;
            case EmbeddedMemory(String name) -> "h2:mem:" + name;
            case Postgres(String uri) -> PostgresSettings.of(uri, Map.of()).publicUri();
        };
    }

    /** What the options say about the client of a database, by their names below {@code databaseOptions}. */
    private static Map<String, Object> client(Options options) {
        var given = new HashMap<String, Object>();
        for (Option<?> option : List.of(
                DatabaseClientOptions.APP_NAME,
                DatabaseClientOptions.CONNECT_TIMEOUT_MS,
                DatabaseClientOptions.MAX_IDLE_TIME_MS,
                DatabaseClientOptions.MAX_POOL_SIZE,
                DatabaseClientOptions.MAX_TIME_MS,
                DatabaseClientOptions.MIN_POOL_SIZE,
                DatabaseClientOptions.SOCKET_TIMEOUT_MS,
                DatabaseClientOptions.WAIT_QUEUE_TIMEOUT_MS)) {
            String name = option.path().substring("databaseOptions.".length());
            options.find(option).ifPresent(value -> given.put(name, value));
        }
        return given;
    }
}
