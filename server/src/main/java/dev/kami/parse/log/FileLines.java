package dev.kami.parse.log;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The lines of a file from either end, block by block. A line longer than {@link #LONGEST_LINE} is
 * skipped, so memory stays bounded. Lines appended after opening are not seen.
 */
final class FileLines implements AutoCloseable {
    static final int LONGEST_LINE = 1 << 20;

    private static final int BLOCK = 1 << 16;

    private final RandomAccessFile file;
    private final boolean backwards;
    private final long length;

    /** Bytes read and not yet handed out; grows while a line is longer than a block. */
    private byte[] buffer = new byte[BLOCK];

    private int start;
    private int end;

    /** Where the next block begins (forwards) or ends (backwards). */
    private long position;

    /** The rest of a line that is too long is still to come. */
    private boolean skipping;

    private FileLines(Path path, boolean backwards) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        this.file = new RandomAccessFile(path.toFile(), "r");
        this.backwards = backwards;
        this.length = file.length();
        this.position = backwards ? length : 0;
    }

    static FileLines forwards(Path path) throws IOException {
        return new FileLines(path, false);
    }

    static FileLines backwards(Path path) throws IOException {
        return new FileLines(path, true);
    }

    /** The next line without its line break; empty lines are left out; null at the end. */
    byte[] next() throws IOException {
        while (true) {
            int searched = 0;
            int lineBreak;
            while ((lineBreak = lineBreak(searched)) < 0) {
                searched = end - start;
                if (searched > LONGEST_LINE) {
                    skipping = true;
                    start = 0;
                    end = 0;
                    searched = 0;
                }
                if (!fill()) {
                    byte[] last = Arrays.copyOfRange(buffer, start, end);
                    start = end;
                    return last.length == 0 || skipping ? null : last;
                }
            }
            int from = backwards ? lineBreak + 1 : start;
            int to = backwards ? end : lineBreak;
            if (backwards) {
                end = lineBreak;
            } else {
                start = lineBreak + 1;
            }
            boolean whole = !skipping && to - from <= LONGEST_LINE;
            skipping = false;
            if (whole && to > from) {
                return Arrays.copyOfRange(buffer, from, to);
            }
        }
    }

    /** @param searched how many bytes at the near end are known to hold no line break */
    private int lineBreak(int searched) {
        if (backwards) {
            for (int i = end - 1 - searched; i >= start; i--) {
                if (buffer[i] == '\n') {
                    return i;
                }
            }
        } else {
            for (int i = start + searched; i < end; i++) {
                if (buffer[i] == '\n') {
                    return i;
                }
            }
        }
        return -1;
    }

    /** Reads one more block beside the bytes at hand; false at the end of the file. */
    private boolean fill() throws IOException {
        long left = backwards ? position : length - position;
        if (left <= 0) {
            return false;
        }
        int more = (int) Math.min(BLOCK, left);
        int kept = end - start;
        byte[] target = buffer.length >= kept + more ? buffer : new byte[Math.max(kept + more, kept * 2)];
        if (backwards) {
            // The bytes at hand stay at the end, the block before them goes in front.
            int newStart = target.length - kept - more;
            System.arraycopy(buffer, start, target, newStart + more, kept);
            position -= more;
            file.seek(position);
            file.readFully(target, newStart, more);
            start = newStart;
            end = target.length;
        } else {
            System.arraycopy(buffer, start, target, 0, kept);
            file.seek(position);
            file.readFully(target, kept, more);
            position += more;
            start = 0;
            end = kept + more;
        }
        buffer = target;
        return true;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
