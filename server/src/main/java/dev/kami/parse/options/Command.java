package dev.kami.parse.options;

import java.nio.file.Path;
import java.util.List;

/** What a command line asks for. */
public sealed interface Command {
    /**
     * Start a server.
     *
     * @param lines to print on standard output before the start, such as the loaded file
     */
    record Run(Options options, List<String> lines) implements Command {
        public Run {
            lines = List.copyOf(lines);
        }
    }

    /** Print {@link HelpText#help()} and end with code 0. */
    record Help() implements Command {}

    /** Print {@link HelpText#version()} and end with code 0. */
    record Version() implements Command {}

    /** Copy the embedded store into a file while it may be serving. The options may lack appId and masterKey. */
    record Backup(Path file, Options options) implements Command {}

    /**
     * Make the embedded store from such a file. The options may lack appId and masterKey.
     *
     * @param force replaces a store that is there
     */
    record Restore(Path file, Options options, boolean force) implements Command {}

    /**
     * Copy a whole application from one database to another. The options may lack appId and masterKey; they say how
     * databases are opened.
     *
     * @param from database URI, {@code null} for the database of the options
     * @param to likewise; one of the two is given
     * @param force adds to a target that is not empty
     */
    record Migrate(String from, String to, Options options, boolean force) implements Command {}

    /**
     * Copy a whole application into a folder of NDJSON files.
     *
     * @param from database URI, {@code null} for the database of the options
     * @param force replaces an export that is there
     */
    record Export(String from, Path folder, Options options, boolean force) implements Command {}

    /**
     * Copy a whole application out of such a folder.
     *
     * @param to database URI, {@code null} for the database of the options
     * @param force adds to a target that is not empty
     */
    record Import(Path folder, String to, Options options, boolean force) implements Command {}
}
