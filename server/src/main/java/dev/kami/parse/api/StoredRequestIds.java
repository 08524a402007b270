package dev.kami.parse.api;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.value.ObjectIds;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Obj;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Request ids in the class {@code _Idempotency}, whose {@code reqId} is unique in the database; so several servers agree.
 * Ids that are too old are removed at most once a minute, by the request that notices.
 */
public final class StoredRequestIds implements RequestIds {
    private static final long CLEANUP_MILLIS = 60_000;
    private static final int OBJECT_ID_SIZE = 10;

    private final StorageAdapter storage;
    private final Supplier<ClassSchema> schema;
    private final long ttlMillis;
    private final InstantSource clock;
    private final ObjectIds ids;
    private final AtomicLong nextCleanup;

    /**
     * @param schema the class {@code _Idempotency}, made when it is first needed
     * @param ttl how long an id is remembered
     */
    public StoredRequestIds(
            StorageAdapter storage, Supplier<ClassSchema> schema, Duration ttl, InstantSource clock, ObjectIds ids) {
        this.storage = storage;
        this.schema = schema;
        this.ttlMillis = ttl.toMillis();
        this.clock = clock;
        this.ids = ids;
        this.nextCleanup = new AtomicLong(clock.millis() + CLEANUP_MILLIS);
    }

    @Override
    public void use(String requestId) {
        long now = clock.millis();
        ClassSchema idempotency = schema.get();
        removeExpired(idempotency, now);
        if (!store(idempotency, requestId, now)) {
            // Somebody had it. If that is long ago, it may be used again.
            Constraint expired = new Constraint.And(
                    java.util.List.of(new Constraint.EqualTo("reqId", ParseValue.of(requestId)), expiredBefore(now)));
            if (storage.delete(idempotency, expired) == 0 || !store(idempotency, requestId, now)) {
                throw new ParseException(ErrorCode.DUPLICATE_REQUEST, "Duplicate request");
            }
        }
    }

    private boolean store(ClassSchema idempotency, String requestId, long now) {
        var row = ParseObject.of(
                "_Idempotency",
                Obj.of(
                        "objectId", ParseValue.of(ids.next(OBJECT_ID_SIZE)),
                        "createdAt", new Date(now),
                        "updatedAt", new Date(now),
                        "reqId", ParseValue.of(requestId),
                        "expire", new Date(now + ttlMillis)));
        try {
            storage.insert(idempotency, row);
            return true;
        } catch (ParseException e) {
            if (e.code() == ErrorCode.DUPLICATE_VALUE) {
                return false;
            }
            throw e;
        }
    }

    private void removeExpired(ClassSchema idempotency, long now) {
        long due = nextCleanup.get();
        if (now >= due && nextCleanup.compareAndSet(due, now + CLEANUP_MILLIS)) {
            storage.delete(idempotency, expiredBefore(now));
        }
    }

    private static Constraint expiredBefore(long now) {
        return new Constraint.Compare("expire", Constraint.Order.LESS, new Date(now));
    }
}
