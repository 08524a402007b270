package dev.kami.parse.rest;

import dev.kami.parse.auth.Caller;
import dev.kami.parse.database.Database;
import dev.kami.parse.database.SchemaCatalog;
import dev.kami.parse.query.Query;
import dev.kami.parse.value.ObjectIds;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * What can be done with objects. Every entrance of the server calls these methods, and nothing else reads or writes
 * objects for a client. All of them throw {@link dev.kami.parse.error.ParseException} for what a request can do wrong.
 */
public final class Operations {
    /** @param serverUrl address of the mount path without slash at the end, for Location and file addresses */
    public Operations(
            Database database,
            SchemaCatalog schemas,
            RestOptions options,
            Supplier<String> serverUrl,
            InstantSource clock,
            ObjectIds ids) {}

    public FindResult find(Caller caller, Query query) {
        throw new UnsupportedOperationException();
    }

    /**
     * One object; {@code query} holds its objectId as only constraint.
     *
     * @throws dev.kami.parse.error.ParseException 101 when it is missing or not readable
     */
    public ParseObject get(Caller caller, Query query) {
        throw new UnsupportedOperationException();
    }

    /** @param body fields, or operations on them */
    public WriteResult create(Caller caller, String className, Obj body) {
        throw new UnsupportedOperationException();
    }

    public WriteResult update(Caller caller, String className, String objectId, Obj body) {
        throw new UnsupportedOperationException();
    }

    public void delete(Caller caller, String className, String objectId) {
        throw new UnsupportedOperationException();
    }

    /** @param params pipeline, stages or distinct, as the aggregate route takes them */
    public List<ParseValue> aggregate(Caller caller, String className, Obj params) {
        throw new UnsupportedOperationException();
    }

    /** Runs {@code work} so that all writes in it happen, or none. */
    public <T> T inTransaction(Callable<T> work) throws Exception {
        throw new UnsupportedOperationException();
    }
}
