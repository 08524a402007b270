package dev.kami.parse;

import dev.kami.parse.account.Accounts;
import dev.kami.parse.api.RouteTable;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.cache.MemoryCache;
import dev.kami.parse.database.Database;
import dev.kami.parse.database.PermissionRules;
import dev.kami.parse.database.Rows;
import dev.kami.parse.database.SchemaCatalog;
import dev.kami.parse.log.Log;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.OptionsBuilder;
import dev.kami.parse.rest.Operations;
import dev.kami.parse.rest.RestOptions;
import dev.kami.parse.server.Features;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.storage.sql.EmbeddedDatabase;
import dev.kami.parse.value.ObjectIds;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A server without HTTP on an empty H2 database in memory: every part below the edge, wired as in a real server. For
 * tests that drive routes, operations or the database; each one is alone.
 */
public record TestCore(
        Options options,
        Log log,
        StorageAdapter storage,
        SchemaCatalog schemas,
        Database database,
        Accounts accounts,
        Operations operations,
        Features features,
        RouteTable routes)
        implements AutoCloseable {
    public static final String SERVER_URL = "http://localhost:1337/parse";

    /** With appId A, masterKey M, and clients that may create classes. */
    public static TestCore start() {
        return start(_ -> {});
    }

    public static TestCore start(Consumer<OptionsBuilder> change) {
        return start(Log.off(), change);
    }

    public static TestCore start(Log log, Consumer<OptionsBuilder> change) {
        return start(log, InstantSource.system(), storage -> storage, change);
    }

    /** @param around what the server gets for its storage */
    public static TestCore start(
            Log log, InstantSource clock, UnaryOperator<StorageAdapter> around, Consumer<OptionsBuilder> change) {
        var builder = Options.builder().set("appId", "A").set("masterKey", "M").set("allowClientClassCreation", true);
        change.accept(builder);
        Options options = builder.build();
        var random = new SecureRandom();
        var ids = new ObjectIds(random);
        StorageAdapter storage = around.apply(EmbeddedDatabase.memory("test-" + UUID.randomUUID()));
        var permissions = PermissionRules.from(options);
        var schemas = new SchemaCatalog(storage, permissions);
        var database = new Database(storage, schemas, permissions);
        schemas.createSystemClasses();
        var rows = new Rows(storage, schemas);
        var accounts = Accounts.open(options, rows, MemoryCache.of(options, clock), clock, ids, random, log);
        accounts.linked().index(schemas, log);
        var operations = new Operations(
                database, schemas, accounts, RestOptions.from(options), () -> SERVER_URL, clock, ids, log);
        var features = new Features(options, log, storage, schemas, database, accounts, operations, ids, clock);
        var routes = new RouteTable();
        features.addTo(routes);
        return new TestCore(options, log, storage, schemas, database, accounts, operations, features, routes);
    }

    /** Requests of this caller. */
    public Exchange as(Auth auth) {
        return Exchange.with(routes).as(auth);
    }

    /** Requests with this session token. */
    public Exchange withToken(String sessionToken) {
        return as(accounts.sessions().resolve(sessionToken));
    }

    @Override
    public void close() {
        features.close();
        accounts.close();
        storage.close();
    }
}
