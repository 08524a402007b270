package dev.kami.parse.storage;

import dev.kami.parse.value.ParseObject;

/** Takes the objects of a find one at a time, in order. */
@FunctionalInterface
public interface ObjectSink {
    void accept(ParseObject object);
}
