package dev.kami.parse.rest;

import dev.kami.parse.account.Accounts;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.database.Database;
import dev.kami.parse.database.SchemaCatalog;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Query;
import dev.kami.parse.value.ObjectIds;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * What can be done with objects. Every entrance of the server calls these methods, and nothing else reads or writes
 * objects for a client. All of them throw {@link ParseException} for what a request can do wrong. Safe for many threads.
 */
public final class Operations {
    /** Classes whose lists the option {@code maxLimit} does not cut. */
    private static final Set<String> UNLIMITED = Set.of("_Installation", "_Audience");

    private final Database database;
    private final RestOptions options;
    private final RestRead read;
    private final RestWrite write;
    private final OwnUser ownUser;
    private final RestDelete delete;
    private final RestAggregate aggregate;

    /** @param serverUrl address of the mount path without slash at the end, for Location and file addresses */
    public Operations(
            Database database,
            SchemaCatalog schemas,
            Accounts accounts,
            RestOptions options,
            Supplier<String> serverUrl,
            InstantSource clock,
            ObjectIds ids,
            Log log) {
        this.database = database;
        this.options = options;
        var classes = new ClassAccess(schemas, options.allowClientClassCreation());
        var files = new FileUrls(serverUrl, options.appId(), options.fileKey());
        this.read = new RestRead(database, schemas, accounts.linked().adapters(), classes, files, options);
        this.write = new RestWrite(database, schemas, accounts, classes, read, options, serverUrl, clock, ids, log);
        this.ownUser = new OwnUser(read, accounts.roles());
        this.delete = new RestDelete(database, accounts);
        this.aggregate = new RestAggregate(database, schemas, read, files, options, clock);
    }

    /** Objects of a class; a query without limit gets the option {@code defaultLimit}. */
    public FindResult find(Caller caller, Query query) {
        int limit = query.limit() == null ? options.defaultLimit() : query.limit();
        if (options.maxLimit() >= 0 && limit > options.maxLimit() && !UNLIMITED.contains(query.className())) {
            limit = options.maxLimit();
        }
        return read.find(caller, query, limit);
    }

    /**
     * One object; {@code query} holds its objectId as only constraint.
     *
     * @throws ParseException 101 when it is missing or not readable
     */
    public ParseObject get(Caller caller, Query query) {
        List<ParseObject> found = read.get(caller, query);
        if (found.isEmpty()) {
            throw ParseException.objectNotFound();
        }
        ParseObject object = found.getFirst();
        return caller.auth() instanceof Auth.User(var user, String sessionToken, var _)
                        && sessionToken != null
                        && object.className().equals("_User")
                        && user.objectId().equals(object.objectId())
                ? object.with("sessionToken", new Str(sessionToken))
                : object;
    }

    /** @param body fields, or operations on them */
    public WriteResult create(Caller caller, String className, Obj body) {
        return write.execute(caller, className, null, body);
    }

    /** @throws ParseException 101 when there is no such object that the caller may change */
    public WriteResult update(Caller caller, String className, String objectId, Obj body) {
        return write.execute(caller, className, objectId, body);
    }

    /**
     * As {@link #update}, if {@code where} holds for the object as well.
     *
     * @throws ParseException 101 when it does not
     */
    public WriteResult update(Caller caller, String className, String objectId, Constraint where, Obj body) {
        return write.execute(caller, className, objectId, where, body);
    }

    /**
     * The answer to a log-in: the user as he may see himself, or as a caller who sees everything does.
     *
     * @param user as stored
     * @param sessionToken of the session that has begun, {@code null} for none
     */
    public ParseObject ownUser(Caller caller, ParseObject user, String sessionToken) {
        return ownUser.see(caller, user, sessionToken);
    }

    /** @throws ParseException 101 when there is no such object that the caller may delete */
    public void delete(Caller caller, String className, String objectId) {
        delete.execute(caller, className, objectId);
    }

    /**
     * Results of a pipeline, or different values of a field.
     *
     * @param params pipeline, stages or distinct, as the aggregate route takes them
     */
    public List<ParseValue> aggregate(Caller caller, String className, Obj params) {
        return aggregate.execute(caller, className, params);
    }

    /** Runs {@code work} so that all writes in it happen, or none. */
    public <T> T inTransaction(Callable<T> work) throws Exception {
        return database.inTransaction(work);
    }
}
