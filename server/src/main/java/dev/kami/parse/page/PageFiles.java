package dev.kami.parse.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where page files are read. A name comes from a URL, so it is a path below the folder and nothing else: whatever leads
 * outside, by dots, by a slash at the front or by a symbolic link, is a file that does not exist.
 */
sealed interface PageFiles {
    /** @param name relative, with {@code /} */
    Optional<byte[]> read(String name);

    /** Whether these are the pages of the server itself, whose content is known. */
    boolean areOurs();

    /** The pages that come with the server. */
    static PageFiles builtIn() {
        return new BuiltIn("/pages/");
    }

    /** The pages of the router before 9, which come with the server. */
    static PageFiles legacy() {
        return new BuiltIn("/pages/legacy/");
    }

    /** The folder of option {@code pages.pagesPath}, read anew for each request. */
    static PageFiles folder(Path folder) {
        return new Folder(folder.toAbsolutePath().normalize());
    }

    record BuiltIn(String root) implements PageFiles {
        /** Folder names and file names of our own; no dot at the front, so no step upwards. */
        private static final Pattern NAME = Pattern.compile("([a-zA-Z0-9-]+/){0,2}[a-z_]+\\.(html|json|css)");

        @Override
        public Optional<byte[]> read(String name) {
            if (!NAME.matcher(name).matches()) {
                return Optional.empty();
            }
            try (InputStream file = PageFiles.class.getResourceAsStream(root + name)) {
                return file == null ? Optional.empty() : Optional.of(file.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the built-in page " + name, e);
            }
        }

        @Override
        public boolean areOurs() {
            return true;
        }
    }

    record Folder(Path root) implements PageFiles {
        @Override
        public Optional<byte[]> read(String name) {
            try {
                Path file = root.resolve(name).normalize();
                if (!isBelow(file, root) || hasHiddenPart(root.relativize(file)) || !Files.isRegularFile(file)) {
                    return Optional.empty();
                }
                if (!isBelow(file.toRealPath(), root.toRealPath())) {
                    return Optional.empty();
                }
                return Optional.of(Files.readAllBytes(file));
            } catch (InvalidPathException | IOException _) {
                return Optional.empty(); // a name no file can have, or one that cannot be read: as good as missing
            }
        }

        private static boolean isBelow(Path file, Path folder) {
            return file.startsWith(folder) && !file.equals(folder);
        }

        private static boolean hasHiddenPart(Path relative) {
            for (Path part : relative) {
                if (part.toString().startsWith(".")) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean areOurs() {
            return false;
        }
    }
}
