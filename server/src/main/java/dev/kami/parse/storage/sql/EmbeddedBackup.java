package dev.kami.parse.storage.sql;

import dev.kami.parse.storage.StorageOpenException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Copies of the embedded database. A backup is a zip file with one entry, the database file as it was at one moment: H2
 * copies it while others write, and what they write meanwhile is not in it. Both directions write beside the target and
 * move the finished file, so nobody ever sees half of one.
 */
public final class EmbeddedBackup {
    private static final String ENDING = ".mv.db";

    private EmbeddedBackup() {}

    /**
     * Backs up a database that no server has open. (A running server does it itself: {@link SqlStorage#backup}.)
     *
     * @param database file without the ending {@code .mv.db}
     * @throws StorageOpenException when there is none, a server has it open, or the target cannot be written
     */
    public static void backup(Path database, Path target) {
        Path file = file(database);
        if (!Files.exists(file)) {
            throw new StorageOpenException(
                    "There is no database " + file + " to back up. Name its folder with option dataFolder.", null);
        }
        try (var _ = FileInUse.claim(database);
                Connection connection = EmbeddedDatabase.connect(EmbeddedDatabase.url(database))) {
            write(connection, target);
        } catch (SQLException e) {
            throw EmbeddedDatabase.failure(e, database);
        }
    }

    /** Backs up the database behind a connection. */
    static void write(Connection connection, Path target) {
        Path absolute = target.toAbsolutePath();
        Path unfinished = beside(absolute);
        try {
            Files.createDirectories(absolute.getParent());
            try (PreparedStatement backup = connection.prepareStatement("BACKUP TO ?")) {
                backup.setString(1, unfinished.toString());
                backup.execute();
            }
            move(unfinished, absolute);
        } catch (IOException | SQLException e) {
            throw new StorageOpenException(
                    "The backup " + absolute + " cannot be written (" + e.getMessage()
                            + "). Check that the folder can be written and has room.",
                    e);
        } finally {
            deleteQuietly(unfinished);
        }
    }

    /**
     * Puts a backup in the place of a database that no server has open. The backup is opened and read before anything is
     * replaced.
     *
     * @param database file without the ending {@code .mv.db}
     * @param force replaces a database that is there
     * @throws StorageOpenException when the backup is none, or the place is taken
     */
    public static void restore(Path backup, Path database, boolean force) {
        Path file = file(database.toAbsolutePath());
        Path unfinished = beside(file);
        try {
            Files.createDirectories(file.getParent());
            try (var _ = FileInUse.claim(database.toAbsolutePath())) {
                if (Files.exists(file) && !force) {
                    throw new StorageOpenException(
                            "There is a database " + file + " already. Add --force to replace it, or name another"
                                    + " folder with option dataFolder.",
                            null);
                }
                extract(backup, unfinished);
                check(backup, unfinished);
                move(unfinished, file);
            }
        } catch (IOException e) {
            throw new StorageOpenException(
                    "The backup " + backup + " cannot be restored to " + file + " (" + e + "). Nothing was replaced.",
                    e);
        } finally {
            deleteQuietly(unfinished);
        }
    }

    private static void extract(Path backup, Path to) throws IOException {
        if (!Files.isRegularFile(backup)) {
            throw new StorageOpenException("There is no backup file " + backup + ". Nothing was replaced.", null);
        }
        try (var zip = new ZipFile(backup.toFile())) {
            ZipEntry only = null;
            for (ZipEntry entry : zip.stream().toList()) {
                if (entry.getName().endsWith(ENDING)) {
                    if (only != null) {
                        throw noBackup(backup, null);
                    }
                    only = entry;
                }
            }
            if (only == null) {
                throw noBackup(backup, null);
            }
            try (InputStream in = zip.getInputStream(only)) {
                Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (java.util.zip.ZipException e) {
            throw noBackup(backup, e);
        }
    }

    /** Opens the copy and reads every object once. */
    private static void check(Path backup, Path copy) {
        String name = copy.toString().substring(0, copy.toString().length() - ENDING.length());
        String url = EmbeddedDatabase.url(Path.of(name)) + ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE";
        try (Connection connection = EmbeddedDatabase.connect(url);
                var statement = connection.createStatement();
                var tables = statement.executeQuery("SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES"
                        + " WHERE TABLE_SCHEMA = 'PUBLIC' ORDER BY TABLE_NAME <> '_SCHEMA'")) {
            if (!tables.next() || !tables.getString(1).equals("_SCHEMA")) {
                throw noBackup(backup, null);
            }
            do {
                try (var reader = connection.createStatement();
                        var rows = reader.executeQuery(
                                "SELECT COUNT(*) FROM " + SqlText.quote(tables.getString(1)) + " WHERE TRUE")) {
                    rows.next();
                }
            } while (tables.next());
        } catch (SQLException e) {
            throw noBackup(backup, e);
        }
    }

    private static StorageOpenException noBackup(Path backup, Exception cause) {
        return new StorageOpenException(
                "The file " + backup + " is not a backup of this server, or it is damaged. Nothing was replaced.",
                cause);
    }

    private static Path file(Path database) {
        return database.resolveSibling(database.getFileName() + ENDING);
    }

    private static Path beside(Path target) {
        return target.resolveSibling(
                target.getFileName() + "." + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".tmp" + ENDING);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void deleteQuietly(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            // Left over beside the target; the result stands either way.
        }
    }
}
