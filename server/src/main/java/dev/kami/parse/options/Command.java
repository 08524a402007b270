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
}
