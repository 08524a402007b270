package dev.kami.parse.migrate;

import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.JsonStream;
import dev.kami.parse.value.JsonWriter;
import dev.kami.parse.value.MalformedJson;
import dev.kami.parse.value.ParseValue;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The objects of a file one at a time, in constant memory. For one thread. */
interface ObjectFile extends AutoCloseable {
    /**
     * @param wrong why there is no value, {@code null} when there is one
     * @param bytes about so long as JSON
     */
    record Entry(ParseValue value, String wrong, String place, int bytes) {}

    /** {@code null} at the end. */
    Entry next() throws IOException;

    /** Passes over entries that were read before, without looking at them. */
    void skip(long entries) throws IOException;

    @Override
    void close() throws IOException;

    static ObjectFile open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        String name = file.getFileName().toString();
        return name.endsWith(Folder.LINES) ? new Lines(in, name) : new Results(in, name);
    }

    /** A JSON value on each line; empty lines do not count. */
    final class Lines implements ObjectFile {
        /** Nothing that a store takes is so long; a file without line breaks must not fill the memory. */
        private static final int MAX_LINE = 64 << 20;

        private final InputStream in;
        private final String name;
        private byte[] line = new byte[4096];
        private int length;
        private long number;

        Lines(InputStream in, String name) {
            this.in = in;
            this.name = name;
        }

        /** The next line that is not empty; false at the end. */
        private boolean advance() throws IOException {
            while (true) {
                length = 0;
                boolean blank = true;
                int b = in.read();
                if (b < 0) {
                    return false;
                }
                number++;
                for (; b >= 0 && b != '\n'; b = in.read()) {
                    blank &= b == ' ' || b == '\t' || b == '\r';
                    if (length <= MAX_LINE) {
                        if (length == line.length) {
                            line = Arrays.copyOf(line, length * 2);
                        }
                        line[length++] = (byte) b;
                    }
                }
                if (!blank) {
                    return true;
                }
            }
        }

        @Override
        public Entry next() throws IOException {
            if (!advance()) {
                return null;
            }
            String place = name + ":" + number;
            if (length > MAX_LINE) {
                return new Entry(null, "The line is longer than 64 MB.", place, length);
            }
            int from = number == 1 && startsWithMark() ? 3 : 0;
            try {
                return new Entry(JsonReader.read(line, from, length - from), null, place, length);
            } catch (MalformedJson e) {
                return new Entry(null, e.getMessage(), place, length);
            }
        }

        /** Windows programs begin UTF-8 with a byte order mark. */
        private boolean startsWithMark() {
            return length > 3 && line[0] == (byte) 0xef && line[1] == (byte) 0xbb && line[2] == (byte) 0xbf;
        }

        @Override
        public void skip(long entries) throws IOException {
            for (long i = 0; i < entries && advance(); i++) {}
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** {@code {"results":[...]}}: what is wrong with the JSON is the end of the file. */
    final class Results implements ObjectFile {
        private final InputStream in;
        private final String name;
        private final JsonWriter scale = new JsonWriter(1024);
        private JsonStream stream;
        private boolean broken;
        private long number;

        Results(InputStream in, String name) {
            this.in = in;
            this.name = name;
        }

        @Override
        public Entry next() {
            if (broken) {
                return null;
            }
            try {
                if (stream == null) {
                    stream = JsonStream.results(in);
                }
                number++;
                ParseValue value = stream.next();
                return value == null
                        ? null
                        : new Entry(
                                value, null, place(), scale.clear().value(value).size());
            } catch (MalformedJson e) {
                broken = true;
                return new Entry(null, e.getMessage(), place(), 0);
            }
        }

        /** Such files often are one line. */
        private String place() {
            return name + (stream == null ? ":1" : ":" + stream.line() + " (object " + number + ")");
        }

        @Override
        public void skip(long entries) {
            for (long i = 0; i < entries && next() != null; i++) {}
        }

        @Override
        public void close() throws IOException {
            if (stream != null) {
                stream.close();
            }
            in.close();
        }
    }
}
