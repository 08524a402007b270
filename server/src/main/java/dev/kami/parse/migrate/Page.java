package dev.kami.parse.migrate;

import dev.kami.parse.value.ParseObject;
import java.util.List;

/**
 * Some objects of a class that follow each other.
 *
 * @param position where the next page begins, in words of the source
 * @param places of the objects, {@code GameScore.ndjson:17}; empty for a store
 */
record Page(List<ParseObject> objects, String position, List<String> places) {
    /** What to call an object in a message. */
    String place(int index) {
        return places.isEmpty() ? "" : places.get(index) + ": ";
    }
}
