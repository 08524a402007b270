package dev.kami.parse.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.SchemaChange.AddField;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.Find;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** H2 lets a statement that waited for a copied table go on in the old copy; the adapter must not. */
class GrowthUnderWritesTest {
    private static final int FIELDS = 60;

    @Test
    void noInsertIsLostWhileFieldsAreAdded() throws Exception {
        try (var storage = EmbeddedDatabase.memory("growth-" + UUID.randomUUID());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var schema = SystemClasses.initial("Growing");
            storage.change("Growing", List.of(new CreateClass(schema)));
            var grown = new AtomicBoolean();
            var writers = new ArrayList<Future<Integer>>();
            for (int w = 0; w < 8; w++) {
                int writer = w;
                writers.add(threads.submit(() -> {
                    int written = 0;
                    while (!grown.get()) {
                        storage.insert(
                                schema,
                                ParseObject.of(
                                        "Growing", Obj.of("objectId", ParseValue.of("w" + writer + "-" + written))));
                        written++;
                    }
                    return written;
                }));
            }
            for (int f = 0; f < FIELDS; f++) {
                storage.change("Growing", List.of(new AddField("field" + f, FieldType.NUMBER)));
            }
            grown.set(true);
            long acknowledged = 0;
            for (var writer : writers) {
                acknowledged += writer.get();
            }
            assertThat(storage.count(Find.all(schema, Constraint.ALWAYS))).isEqualTo(acknowledged);
        }
    }
}
