package dev.kami.parse.migrate;

import dev.kami.parse.schema.ClassSchema;
import java.util.List;

/**
 * Where an application is copied to. It keeps a record of how far the copy has come, so that the same command goes on where
 * it was interrupted, even by the end of the power.
 */
interface Target extends AutoCloseable {
    /**
     * How far a class has come.
     *
     * @param position in words of the source, {@code null} before the first page
     */
    record Mark(String position, long copied, boolean done) {
        static final Mark START = new Mark(null, 0, false);
    }

    String name();

    /**
     * Looks whether it may be written.
     *
     * @throws MigrationException when it holds something else than an interrupted copy of this source
     */
    void begin(Source source, boolean force);

    Mark mark(String className);

    /** Makes the class ready to take objects. */
    void prepare(ClassSchema schema);

    /** Takes a page, all of it or nothing, and notes that it has come so far. */
    void write(ClassSchema schema, Page page, long copied);

    /** The class has all its objects. */
    void finish(ClassSchema schema, Mark last);

    /** What differs from the class as the source has it, in a few words; empty when nothing does. */
    List<String> differences(ClassSchema schema);

    /** Of the objects that were copied, read again. */
    Checksum checksum(ClassSchema schema, Source source, Progress progress);

    /** Everything is there: the record can go. */
    void complete();

    /** Ends early in a state from which the copy can go on, when {@link #complete} was not called. */
    @Override
    void close();
}
