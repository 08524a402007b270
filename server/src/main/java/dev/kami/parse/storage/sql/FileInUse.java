package dev.kami.parse.storage.sql;

import dev.kami.parse.storage.StorageOpenException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Claims a database file for one storage. H2 locks the file against other processes, but lets everybody in this process
 * join; two servers would not see each other's changes of classes. The claim ends with the process, also when it is killed;
 * the empty file stays, because deleting it would let two others claim two files of the same name.
 */
final class FileInUse implements AutoCloseable {
    private final FileChannel channel;

    private FileInUse(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @param database file without the ending {@code .mv.db}
     * @throws StorageOpenException when somebody else has claimed it, or the folder cannot be written
     */
    static FileInUse claim(Path database) {
        Path file = database.resolveSibling(database.getFileName() + ".lock");
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = null;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException sameProcess) {
                throw taken(database, sameProcess);
            } finally {
                if (lock == null) {
                    channel.close();
                }
            }
            if (lock == null) {
                throw taken(database, null);
            }
            return new FileInUse(channel);
        } catch (IOException e) {
            throw new StorageOpenException(
                    "The data folder " + database.toAbsolutePath().getParent() + " cannot be written (" + e
                            + "). Choose another one with option dataFolder, or allow this user to write there.",
                    e);
        }
    }

    static StorageOpenException taken(Path database, Exception cause) {
        return new StorageOpenException(
                "The database " + database + ".mv.db is in use by another server. Stop that one, or choose another"
                        + " folder with option dataFolder.",
                cause);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock ends with the process at the latest.
        }
    }
}
