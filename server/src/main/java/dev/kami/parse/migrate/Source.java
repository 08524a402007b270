package dev.kami.parse.migrate;

import dev.kami.parse.schema.ClassSchema;
import java.util.List;

/** Where an application is copied from. Several threads may read different classes, and one class several times. */
interface Source {
    /** For people and for the state record: the same source has the same name. Without passwords. */
    String name();

    /** Every class that may hold objects, join classes behind all others. */
    List<ClassSchema> classes();

    long count(ClassSchema schema);

    /**
     * Hands over the objects page by page.
     *
     * @param position behind which to go on, from an earlier page; {@code null} for the start
     */
    void read(ClassSchema schema, String position, PageSink pages);

    /** Of all objects of the class. */
    Checksum checksum(ClassSchema schema, Progress progress);

    @FunctionalInterface
    interface PageSink {
        /** False when no more pages are wanted. */
        boolean accept(Page page);
    }
}
