package dev.kami.parse.server;

import dev.kami.parse.log.Log;
import dev.kami.parse.log.LogLevel;
import dev.kami.parse.options.Command;
import dev.kami.parse.options.CommandLine;
import dev.kami.parse.options.HelpText;
import dev.kami.parse.options.Notice;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.OptionsException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What the command prints and the code it ends with. Everything a person can do wrong ends in one
 * sentence on standard error and code 1, without a stack trace; a stack trace means a defect.
 */
final class Launcher {
    /** What the commands do. An {@link OptionsException} is an answer to the person, anything else a defect. */
    interface Actions {
        /** Returns when the server answers requests. */
        void start(Options options);

        void backup(Path file, Options options);

        /** @param force replaces a database that is there */
        void restore(Path file, Options options, boolean force);

        /** The exit code. */
        int migrate(Command.Migrate command);

        int export(Command.Export command);

        int importing(Command.Import command);
    }

    private final Actions actions;
    private final PrintStream out;
    private final PrintStream err;

    Launcher(Actions actions, PrintStream out, PrintStream err) {
        this.actions = actions;
        this.out = out;
        this.err = err;
    }

    /** The exit code; empty when a server runs and the process must stay. */
    OptionalInt run(List<String> words, Map<String, String> environment) {
        try {
            return execute(CommandLine.parse(words, environment));
        } catch (OptionsException e) {
            if (e.helpFirst()) {
                out.print(HelpText.help());
                out.flush();
            }
            err.println(e.getMessage());
        } catch (RuntimeException e) {
            err.println("An uncaught exception occurred: " + e.getMessage());
            e.printStackTrace(err);
        }
        err.flush();
        return OptionalInt.of(1);
    }

    private OptionalInt execute(Command command) {
        int code = 0;
        switch (command) {
            case Command.Help() -> out.print(HelpText.help());
            case Command.Version() -> out.print(HelpText.version());
            case Command.Backup(Path file, Options options) -> actions.backup(file, options);
            case Command.Restore(Path file, Options options, boolean force) -> actions.restore(file, options, force);
            case Command.Migrate migrate -> code = actions.migrate(migrate);
            case Command.Export export -> code = actions.export(export);
            case Command.Import importing -> code = actions.importing(importing);
            case Command.Run(Options options, List<String> lines) -> {
                lines.forEach(out::println);
                actions.start(options);
                return OptionalInt.empty();
            }
        }
        out.flush();
        return OptionalInt.of(code);
    }

    /** What the log says about the options of a server: warnings, and with verbose the list of all of them. */
    static void report(Options options, Log log) {
        for (Notice notice : options.notices()) {
            if (notice.error()) {
                log.error(notice.text());
            } else {
                log.warn(notice.text());
            }
        }
        if (log.isEnabled(LogLevel.VERBOSE)) {
            options.masked().forEach((name, value) -> log.verbose(name + ": " + value));
        }
    }
}
