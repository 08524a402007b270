package dev.kami.parse.server;

import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.JsonWriter;
import dev.kami.parse.value.MalformedJson;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A small file beside the database that says which server has it open, so that {@code parse-server backup} can ask that
 * server. Only its owner can read it. What it holds opens nothing that the database file beside it does not.
 *
 * @param url address of the mount path on this machine
 * @param token proves that somebody can read this file
 */
record RunningMark(String url, String token) {
    private static Path file(Path database) {
        return database.toAbsolutePath().resolveSibling(database.getFileName() + ".server.json");
    }

    void write(Path database) throws IOException {
        Path file = file(database);
        Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(fresh);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(fresh, JsonWriter.toBytes(Obj.of("url", ParseValue.of(url), "token", ParseValue.of(token))));
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    static void remove(Path database) throws IOException {
        Files.deleteIfExists(file(database));
    }

    /** Empty when no server runs, or it was killed before it wrote its mark. A mark may be left over from a killed one. */
    static Optional<RunningMark> read(Path database) throws IOException {
        Path file = file(database);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            if (JsonReader.read(Files.readAllBytes(file)) instanceof Obj mark
                    && mark.text("url") != null
                    && mark.text("token") != null) {
                return Optional.of(new RunningMark(mark.text("url"), mark.text("token")));
            }
        } catch (MalformedJson _) {
            // not written by a server; as if it were not there
        }
        return Optional.empty();
    }
}
