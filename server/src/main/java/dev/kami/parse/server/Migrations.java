package dev.kami.parse.server;

import dev.kami.parse.error.ParseException;
import dev.kami.parse.migrate.Migration;
import dev.kami.parse.migrate.MigrationException;
import dev.kami.parse.migrate.Outcome;
import dev.kami.parse.migrate.Progress;
import dev.kami.parse.options.Command;
import dev.kami.parse.options.DatabaseLocation;
import dev.kami.parse.options.DatabaseLocation.EmbeddedFile;
import dev.kami.parse.options.DatabaseLocation.EmbeddedMemory;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.storage.StorageOpenException;
import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The commands {@code migrate}, {@code export} and {@code import}: opens the databases, shows the progress, and turns
 * Ctrl-C into a state from which the same command goes on.
 */
final class Migrations {
    private static final int INTERRUPTED = 130;

    private final PrintStream out;
    private final PrintStream err;
    private final Progress progress;
    private final AtomicReference<Migration> running = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    Migrations(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
        Console console = System.console();
        this.progress = new Progress(err, console != null && console.isTerminal());
    }

    int migrate(Command.Migrate command) {
        DatabaseLocation from = location("--from", command.from(), command.options());
        DatabaseLocation to = location("--to", command.to(), command.options());
        if (from.equals(to)) {
            throw new OptionsException("Source and target are the same database.");
        }
        return run(() -> {
            try (StorageAdapter source = openSource(from, command.options());
                    StorageAdapter target = open(to, command.options())) {
                return run(Migration.between(
                        source, Databases.name(from), target, Databases.name(to), command.force(), progress));
            }
        });
    }

    int export(Command.Export command) {
        DatabaseLocation from = location("--from", command.from(), command.options());
        return run(() -> {
            try (StorageAdapter source = openSource(from, command.options())) {
                return run(Migration.export(source, Databases.name(from), command.folder(), command.force(), progress));
            }
        });
    }

    int importing(Command.Import command) {
        DatabaseLocation to = location("--to", command.to(), command.options());
        return run(() -> {
            try (StorageAdapter target = open(to, command.options())) {
                return run(
                        Migration.importing(command.folder(), target, Databases.name(to), command.force(), progress));
            }
        });
    }

    @FunctionalInterface
    private interface Work {
        Outcome run();
    }

    private int run(Work work) {
        var hook = new Thread(this::interrupted, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Outcome outcome = work.run();
            PrintStream to = outcome.stopped() ? err : out;
            to.print(outcome.report());
            to.flush();
            return outcome.stopped() ? INTERRUPTED : outcome.equal() ? 0 : 1;
        } catch (MigrationException | StorageOpenException e) {
            throw new OptionsException(e.getMessage());
        } catch (ParseException e) { // the database is gone, or busy for too long
            throw new OptionsException(e.getMessage() + " Give the same command again to go on.");
        } finally {
            running.set(null);
            ended.countDown();
        }
    }

    private Outcome run(Migration migration) {
        running.set(migration);
        return migration.run();
    }

    /** A signal: the page that is being written is finished and the databases are closed before the process ends. */
    private void interrupted() {
        Migration migration = running.get();
        if (migration == null) {
            return;
        }
        migration.stop();
        try {
            if (ended.await(30, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(INTERRUPTED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static DatabaseLocation location(String flag, String uri, Options options) {
        DatabaseLocation location = uri == null ? DatabaseLocation.of(options) : DatabaseLocation.of(flag, uri);
        if (location instanceof EmbeddedMemory) {
            throw new OptionsException(
                    "A database in memory ends with its process: name another one with " + flag + ".");
        }
        return location instanceof EmbeddedFile(Path file)
                ? new EmbeddedFile(file.toAbsolutePath().normalize())
                : location;
    }

    /** Opening an embedded database makes it; a source must be there. */
    private StorageAdapter openSource(DatabaseLocation location, Options options) {
        if (location instanceof EmbeddedFile(Path file) && !Files.exists(Path.of(file + ".mv.db"))) {
            throw new OptionsException("There is no database " + file
                    + ".mv.db. Name it with --from h2:file:PATH, without" + " the ending .mv.db.");
        }
        return open(location, options);
    }

    private StorageAdapter open(DatabaseLocation location, Options options) {
        return Databases.open(location, options, err::println);
    }
}
