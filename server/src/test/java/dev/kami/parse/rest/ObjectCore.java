package dev.kami.parse.rest;

import dev.kami.parse.account.Accounts;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.auth.RequestInfo;
import dev.kami.parse.cache.MemoryCache;
import dev.kami.parse.database.Database;
import dev.kami.parse.database.PermissionRules;
import dev.kami.parse.database.Rows;
import dev.kami.parse.database.SchemaCatalog;
import dev.kami.parse.log.Log;
import dev.kami.parse.options.Options;
import dev.kami.parse.query.QueryLimits;
import dev.kami.parse.query.QueryParser;
import dev.kami.parse.schema.SchemaChange;
import dev.kami.parse.storage.sql.EmbeddedDatabase;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ObjectIds;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The object core on a database in memory, with a clock that stands still and storage calls that are counted. Texts are
 * JSON with single quotes.
 */
final class ObjectCore implements AutoCloseable {
    static final PermissionRules PERMISSIONS =
            new PermissionRules(Map.of("_User", Map.of("*", List.of("email"))), true, true);
    static final RestOptions OPTIONS = new RestOptions(
            "A",
            true,
            false,
            10,
            100,
            -1,
            -1,
            false,
            false,
            false,
            List.of(Map.of("key", "constructor"), Map.of("key", "__proto__")),
            List.of("*"),
            null,
            new DeviceTokenOptions(false, false, false));

    final CountingStorage storage;
    final SchemaCatalog schemas;
    final Database database;
    final Accounts accounts;
    final Operations operations;
    Instant now = Instant.parse("2026-01-02T03:04:05.678Z");

    private final QueryParser parser = new QueryParser(() -> now, QueryLimits.UNBOUNDED);

    ObjectCore() {
        this(PERMISSIONS, options -> options);
    }

    ObjectCore(PermissionRules permissions, UnaryOperator<RestOptions> change) {
        storage = new CountingStorage(EmbeddedDatabase.memory(UUID.randomUUID().toString()));
        schemas = new SchemaCatalog(storage, permissions);
        schemas.createSystemClasses();
        database = new Database(storage, schemas, permissions);
        accounts = Accounts.open(
                Options.builder().set("appId", "A").set("masterKey", "M").build(),
                new Rows(storage, schemas),
                new MemoryCache(1_000, () -> now),
                () -> now,
                new ObjectIds(new SecureRandom()),
                new SecureRandom(),
                Log.off());
        operations = new Operations(
                database,
                schemas,
                accounts,
                change.apply(OPTIONS),
                () -> "http://localhost:1337/parse",
                () -> now,
                new ObjectIds(new SecureRandom()),
                Log.off());
    }

    static Obj json(String text) {
        return (Obj) value(text);
    }

    static ParseValue value(String text) {
        return JsonReader.read(text.replace('\'', '"'));
    }

    static Caller as(Auth auth) {
        return new Caller(auth, RequestInfo.INTERNAL);
    }

    static Caller nobody() {
        return as(Auth.NOBODY);
    }

    static Caller user(String objectId, String... roles) {
        return as(
                new Auth.User(ParseObject.of("_User", json("{'objectId':'" + objectId + "'}")), "r:1", Set.of(roles)));
    }

    /** Creates with the master key and returns the objectId. */
    String create(String className, String body) {
        return create(Caller.SERVER, className, body).body().text("objectId");
    }

    WriteResult create(Caller caller, String className, String body) {
        return operations.create(caller, className, json(body));
    }

    WriteResult update(Caller caller, String className, String objectId, String body) {
        return operations.update(caller, className, objectId, json(body));
    }

    /** @param params where, include, keys ... as in a request */
    FindResult find(Caller caller, String className, String params) {
        return operations.find(
                caller, parser.find(className, json(params), caller.auth().seesEverything()));
    }

    List<ParseObject> where(Caller caller, String className, String where) {
        return find(caller, className, "{'where':" + where + "}").results();
    }

    /** The values of one field of the results, as JSON without quotes around texts. */
    List<String> where(Caller caller, String className, String where, String field) {
        var values = new ArrayList<String>();
        where(caller, className, where)
                .forEach(object -> values.add(
                        object.get(field) == null
                                ? null
                                : object.get(field).toJson().replace("\"", "")));
        return values;
    }

    ParseObject get(Caller caller, String className, String objectId) {
        return get(caller, className, objectId, "{}");
    }

    ParseObject get(Caller caller, String className, String objectId, String params) {
        return operations.get(
                caller,
                parser.get(className, objectId, json(params), caller.auth().seesEverything()));
    }

    /** Class level permissions of a class, which is created when missing. */
    void permissions(String className, String permissions) {
        schemas.ensureClass(className);
        schemas.change(className, List.of(new SchemaChange.SetPermissions(json(permissions))));
    }

    @Override
    public void close() {
        accounts.close();
        storage.close();
    }
}
