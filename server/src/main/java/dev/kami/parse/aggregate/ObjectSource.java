package dev.kami.parse.aggregate;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.value.ParseObject;
import java.util.function.Consumer;

/** Other classes, as {@code $lookup} and its kin need them. Reads with the rights of the master key. */
public interface ObjectSource {
    /** {@link FieldKinds#NONE} for a class that does not exist. */
    FieldKinds kinds(String className);

    void find(String className, Constraint where, Consumer<ParseObject> sink);
}
