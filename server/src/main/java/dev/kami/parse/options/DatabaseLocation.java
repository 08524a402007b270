package dev.kami.parse.options;

import java.nio.file.Path;
import java.util.Locale;

/** Where the objects of this server are stored, read from {@code databaseURI} and {@code dataFolder}. */
public sealed interface DatabaseLocation {
    /**
     * An embedded H2 database in files.
     *
     * @param file the database file without the ending {@code .mv.db} that H2 adds
     */
    record EmbeddedFile(Path file) implements DatabaseLocation {}

    /** An embedded H2 database that lives as long as the server. Servers with the same name share it. */
    record EmbeddedMemory(String name) implements DatabaseLocation {}

    /**
     * A PostgreSQL database.
     *
     * @param uri may hold a password
     */
    record Postgres(String uri) implements DatabaseLocation {
        @Override
        public String toString() {
            return "Postgres[uri hidden]";
        }
    }

    /** @throws OptionsException when the scheme is unknown or its adapter is not there yet */
    static DatabaseLocation of(Options options) {
        String uri = options.get(DatabaseOptions.DATABASE_URI);
        return uri == null ? new EmbeddedFile(Path.of(options.get(DatabaseOptions.DATA_FOLDER), "parse")) : parse(uri);
    }

    /**
     * Of an address that is no option.
     *
     * @param flag what to call it in a message, {@code --from}
     * @throws OptionsException as {@link #of}
     */
    static DatabaseLocation of(String flag, String uri) {
        try {
            return parse(uri);
        } catch (OptionsException e) {
            throw new OptionsException(flag + ": " + e.getMessage());
        }
    }

    static void check(String uri) {
        parse(uri);
    }

    private static DatabaseLocation parse(String uri) {
        int colon = uri.indexOf(':');
        String scheme = colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = uri.substring(colon + 1);
        return switch (scheme) {
            case "h2" -> embedded(rest);
            case "postgres", "postgresql" -> new Postgres(uri);
            case "mongodb", "mongodb+srv" -> throw later("MongoDB");
            // The address is not repeated: it may hold a password.
            default ->
                throw new OptionsException("Option databaseURI has an unknown scheme: use"
                        + " postgres://user:password@host:5432/database, h2:file:<path> or h2:mem:<name>, or leave it out"
                        + " for a database in dataFolder.");
        };
    }

    private static DatabaseLocation embedded(String rest) {
        if (rest.startsWith("mem:")) {
            return new EmbeddedMemory(rest.substring("mem:".length()));
        }
        String path = rest.startsWith("file:") ? rest.substring("file:".length()) : rest;
        if (path.startsWith("//")) {
            path = path.substring(2);
        }
        if (path.isBlank() || path.indexOf(';') >= 0 || path.indexOf('\0') >= 0) {
            throw new OptionsException("Option databaseURI needs a file path without settings: h2:file:<path>.");
        }
        return new EmbeddedFile(Path.of(path));
    }

    private static OptionsException later(String database) {
        return new OptionsException("Option databaseURI names a " + database
                + " database, which comes later: leave it out" + " to use the embedded H2 database in dataFolder.");
    }
}
