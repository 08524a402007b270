package dev.kami.parse.server;

import dev.kami.parse.account.Accounts;
import dev.kami.parse.api.Api;
import dev.kami.parse.api.Health;
import dev.kami.parse.api.Keys;
import dev.kami.parse.api.RouteTable;
import dev.kami.parse.api.Services;
import dev.kami.parse.api.StoredRequestIds;
import dev.kami.parse.api.StoredSessions;
import dev.kami.parse.cache.MemoryCache;
import dev.kami.parse.database.Database;
import dev.kami.parse.database.PermissionRules;
import dev.kami.parse.database.Rows;
import dev.kami.parse.database.SchemaCatalog;
import dev.kami.parse.http.HttpEdge;
import dev.kami.parse.http.HttpServer;
import dev.kami.parse.http.PortUnavailable;
import dev.kami.parse.log.Log;
import dev.kami.parse.log.RequestLog;
import dev.kami.parse.metrics.Metrics;
import dev.kami.parse.options.CoreOptions;
import dev.kami.parse.options.DatabaseLocation;
import dev.kami.parse.options.DatabaseLocation.EmbeddedFile;
import dev.kami.parse.options.IdempotencyOptions;
import dev.kami.parse.options.Options;
import dev.kami.parse.rest.Operations;
import dev.kami.parse.rest.RestOptions;
import dev.kami.parse.storage.MeasuredStorage;
import dev.kami.parse.storage.StorageOpenException;
import dev.kami.parse.storage.sql.SqlStorage;
import dev.kami.parse.value.ObjectIds;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * A running server. Everything it needs is made here, in order of need, and closed in reverse; two servers in one process
 * share nothing.
 *
 * <pre>{@code
 * Options options = Options.builder().set("appId", "A").set("masterKey", "M").build();
 * try (ParseServer server = ParseServer.start(options)) {
 *     server.url(); // http://localhost:1337/parse
 * }
 * }</pre>
 */
public final class ParseServer implements AutoCloseable {
    private static final int TOKEN_LENGTH = 32;

    private final Options options;
    private final Lifecycle lifecycle = new Lifecycle();
    private final Health health = new Health();
    private final Metrics metrics = new Metrics();
    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random = new SecureRandom();
    private final ObjectIds ids = new ObjectIds(random);
    private final Log log;
    private final Api api;
    private final HttpEdge edge;
    private HttpServer http;
    private final String backupToken = ids.next(TOKEN_LENGTH);
    private Operations operations;
    private Features features;
    private Consumer<Path> backup;

    private ParseServer(Options options) {
        this.options = options;
        this.log = lifecycle.own(Log.open(options));
        Launcher.report(options, log);
        var keys = new Keys(options, log);
        this.api = new Api(options, keys, health, log, metrics, clock);
        this.edge = new HttpEdge(api, keys, options, new RequestLog(log));
        long born = System.nanoTime();
        metrics.gauge("parse_uptime_seconds", "Time since the start", () -> (System.nanoTime() - born) / 1e9);
        metrics.gauge("parse_heap_used_bytes", "Memory in use on the heap", ParseServer::heapUsed);
    }

    private static double heapUsed() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /**
     * Opens the port and the database at the same time and returns when the server answers requests. Until then
     * {@code /health} says {@code starting}.
     *
     * @throws PortUnavailable when the port cannot be opened
     * @throws StorageOpenException when the database cannot
     * @throws dev.kami.parse.options.OptionsException when an option turns out to be unusable
     */
    public static ParseServer start(Options options) {
        var server = new ParseServer(options);
        return server.orClosed(() -> server.listen(HttpServer.Limits.STANDARD));
    }

    /**
     * The same on somebody's Helidon server, at the mount path of the options. Stop that server first, then this one.
     *
     * <p>That server's own settings decide about timeouts, long addresses and bodies; it should set
     * {@code maxPayloadSize}, and leave validation of paths and prologues off.
     */
    public static ParseServer mountOn(HttpRouting.Builder routing, Options options) {
        var server = new ParseServer(options);
        return server.orClosed(() -> {
            server.health.become(Health.State.STARTING);
            server.build(server.openStorage());
            HttpServer.mountOn(routing, options.mountPath(), server.edge);
            return server;
        });
    }

    private ParseServer orClosed(Callable<ParseServer> start) {
        try {
            return start.call();
        } catch (Exception e) {
            health.become(Health.State.ERROR);
            lifecycle.close();
            throw e instanceof RuntimeException known ? known : new IllegalStateException("The start failed.", e);
        }
    }

    private ParseServer listen(HttpServer.Limits limits) throws InterruptedException {
        health.become(Health.State.STARTING);
        var storage = new FutureTask<>(this::openStorage);
        Thread.ofVirtual().name("open-storage").start(storage);
        try {
            http = HttpServer.open(options.get(CoreOptions.HOST), options.get(CoreOptions.PORT), edge, limits);
        } catch (PortUnavailable e) {
            awaitEnd(storage); // so that it can be closed
            throw e;
        }
        try {
            build(result(storage));
        } finally {
            lifecycle.own(http); // closed before the storage, although opened at the same time
        }
        if (DatabaseLocation.of(options) instanceof EmbeddedFile(Path database)) {
            leaveMark(database);
        }
        if (options.is(CoreOptions.VERIFY_SERVER_URL)) {
            lifecycle.own(ServerUrlCheck.start(url(), log));
        }
        return this;
    }

    private static void awaitEnd(FutureTask<SqlStorage> storage) throws InterruptedException {
        try {
            storage.get();
        } catch (ExecutionException e) {
            // The port is the trouble to tell first; with another port this one shows by itself.
        }
    }

    private static SqlStorage result(FutureTask<SqlStorage> storage) throws InterruptedException {
        try {
            return storage.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        }
    }

    private SqlStorage openStorage() {
        return lifecycle.own(Databases.open(DatabaseLocation.of(options), options, log::warn));
    }

    /** All that stands on the storage, up to the routes. */
    private void build(SqlStorage sql) {
        String url = publicUrl();
        var storage = new MeasuredStorage(sql, metrics);
        var permissions = PermissionRules.from(options);
        var schemas = new SchemaCatalog(storage, permissions);
        var database = new Database(storage, schemas, permissions);
        storage.onSchemaChange(schemas::reload);
        schemas.createSystemClasses();
        for (var state : SqlStorage.PoolState.values()) {
            metrics.gauge(
                    "parse_storage_connections",
                    "Connections of the database, and requests that wait for one",
                    () -> sql.connections(state),
                    "state",
                    state.name().toLowerCase(Locale.ROOT));
        }
        var cache = lifecycle.own(MemoryCache.of(options, clock));
        var rows = new Rows(storage, schemas);
        var accounts = lifecycle.own(Accounts.open(options, rows, cache, clock, ids, random, log));
        accounts.linked().index(schemas, log);
        operations = new Operations(database, schemas, accounts, RestOptions.from(options), () -> url, clock, ids, log);
        features =
                lifecycle.own(new Features(options, log, storage, schemas, database, accounts, operations, ids, clock));
        backup = sql::backup;
        var routes = new RouteTable();
        features.addTo(routes);
        new BackupRoute(backup, backupToken).addTo(routes);
        var requestIds = new StoredRequestIds(
                storage,
                () -> schemas.ensureClass("_Idempotency"),
                IdempotencyOptions.of(options).ttl(),
                clock,
                ids);
        features.prepare();
        api.open(new Services(routes, new StoredSessions(accounts.sessions()), requestIds, operations::inTransaction));
        health.become(Health.State.OK);
        Thread.ofVirtual().name("check-security").start(features::check);
    }

    private String publicUrl() {
        String url = options.find(CoreOptions.PUBLIC_SERVER_URL).orElseGet(this::url);
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private void leaveMark(Path database) {
        String host = options.get(CoreOptions.HOST);
        String local = host.equals("0.0.0.0") || host.equals("::")
                ? "127.0.0.1"
                : host.indexOf(':') < 0 ? host : "[" + host + "]";
        var mark = new RunningMark("http://" + local + ":" + port() + options.mountPath(), backupToken);
        try {
            mark.write(database);
            lifecycle.own(() -> RunningMark.remove(database));
        } catch (IOException e) {
            log.warn("Backups while this server runs will not work: " + e);
        }
    }

    public Options options() {
        return options;
    }

    /** The port it listens on; mounted on somebody's server, the one of the options. */
    public int port() {
        return http == null ? options.get(CoreOptions.PORT) : http.port();
    }

    /** Under which the server reaches itself, with the mount path: option {@code serverURL} or its default. */
    public String url() {
        return options.serverUrl(port());
    }

    /** What can be done with objects, without HTTP. */
    public Operations operations() {
        return operations;
    }

    /** Where to define functions and jobs, and to change classes. */
    public Features features() {
        return features;
    }

    public Metrics metrics() {
        return metrics;
    }

    public Log log() {
        return log;
    }

    public Health.State state() {
        return health.state();
    }

    /**
     * Writes a copy of the database while it is in use.
     *
     * @throws StorageOpenException when the file cannot be written
     */
    public void backup(Path target) {
        backup.accept(target);
    }

    /** Accepts no more, lets running requests finish, closes the database. A second call does nothing. */
    public void stop() {
        health.become(Health.State.STOPPING);
        lifecycle.close();
    }

    @Override
    public void close() {
        stop();
    }
}
