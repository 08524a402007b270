package dev.kami.parse.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.error.ParseException;
import dev.kami.parse.metrics.Histogram;
import dev.kami.parse.metrics.Metrics;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.sql.EmbeddedDatabase;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract, seen through the clock, and what the clock shows. */
class MeasuredStorageTest implements StorageAdapterContract {
    private final Metrics metrics = new Metrics();
    private final StorageAdapter storage =
            new MeasuredStorage(EmbeddedDatabase.memory(UUID.randomUUID().toString()), metrics);

    @Override
    public StorageAdapter storage() {
        return storage;
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private Histogram calls(String kind) {
        return metrics.histogram("parse_storage_seconds", "Time of a call of the database", "call", kind);
    }

    @Test
    void everyCallIsCountedAlsoOneThatFails() {
        ClassSchema thing = SystemClasses.initial("Thing");
        ParseObject object = ParseObject.of("Thing", Obj.of("objectId", new Str("t1")));
        storage.insert(thing, object);
        assertThatThrownBy(() -> storage.insert(thing, object)).isInstanceOf(ParseException.class);
        storage.find(Find.all(thing, Constraint.ALWAYS), found -> {});
        assertThat(calls("insert").count()).isEqualTo(2);
        assertThat(calls("find").count()).isEqualTo(1);
        assertThat(calls("updateOne").count()).isZero();
    }
}
