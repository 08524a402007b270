package dev.kami.parse.server;

import dev.kami.parse.http.PortUnavailable;
import dev.kami.parse.log.LibraryLogging;
import dev.kami.parse.options.Command;
import dev.kami.parse.options.DatabaseLocation;
import dev.kami.parse.options.DatabaseLocation.EmbeddedFile;
import dev.kami.parse.options.DatabaseLocation.Postgres;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.storage.StorageOpenException;
import dev.kami.parse.storage.sql.EmbeddedBackup;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/** The command {@code parse-server}. */
public final class Main implements Launcher.Actions {
    private final PrintStream out;
    /** True once the command ends by itself, so that the end is not taken for a signal. */
    private final AtomicBoolean ending = new AtomicBoolean();

    private Main(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] words) {
        LibraryLogging.install();
        var main = new Main(System.out);
        OptionalInt code = new Launcher(main, System.out, System.err).run(List.of(words), System.getenv());
        if (code.isPresent()) {
            main.ending.set(true);
            System.exit(code.getAsInt());
        }
    }

    @Override
    public void start(Options options) {
        ParseServer server;
        try {
            server = ParseServer.start(options);
        } catch (PortUnavailable e) {
            throw new OptionsException(e.advice());
        } catch (StorageOpenException e) {
            throw new OptionsException(e.getMessage());
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
        out.println("[" + ProcessHandle.current().pid() + "] parse-server running on " + server.url());
        out.flush();
    }

    /** SIGTERM and SIGINT end up here. Both are a normal end, so the code is 0 and not that of the signal. */
    private void stop(ParseServer server) {
        if (ending.get()) {
            return;
        }
        out.println("Termination signal received. Shutting down.");
        out.flush();
        int code = 0;
        try {
            server.stop();
        } catch (RuntimeException e) {
            e.printStackTrace();
            code = 1;
        }
        out.flush();
        Runtime.getRuntime().halt(code);
    }

    @Override
    public void backup(Path file, Options options) {
        Path database = embedded(options, "back up");
        try {
            Optional<RunningMark> mark = RunningMark.read(database);
            if (mark.isEmpty() || !BackupClient.backup(mark.get(), file)) {
                EmbeddedBackup.backup(database, file);
            }
        } catch (IOException | StorageOpenException e) {
            throw new OptionsException(e.getMessage());
        }
        out.println("Backup written to " + file.toAbsolutePath().normalize());
    }

    @Override
    public void restore(Path file, Options options, boolean force) {
        Path database = embedded(options, "restore");
        try {
            EmbeddedBackup.restore(file, database, force);
        } catch (StorageOpenException e) {
            throw new OptionsException(e.getMessage());
        }
        out.println("Restored to " + database.toAbsolutePath().normalize() + ".mv.db");
    }

    @Override
    public int migrate(Command.Migrate command) {
        return new Migrations(out, System.err).migrate(command);
    }

    @Override
    public int export(Command.Export command) {
        return new Migrations(out, System.err).export(command);
    }

    @Override
    public int importing(Command.Import command) {
        return new Migrations(out, System.err).importing(command);
    }

    private static Path embedded(Options options, String verb) {
        if (DatabaseLocation.of(options) instanceof EmbeddedFile(Path database)) {
            return database;
        }
        throw new OptionsException("There is nothing to " + verb + ": option databaseURI names "
                + (DatabaseLocation.of(options) instanceof Postgres
                        ? "a PostgreSQL database. Use pg_dump and pg_restore."
                        : "a database in memory."));
    }
}
