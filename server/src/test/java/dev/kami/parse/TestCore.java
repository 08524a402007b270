package dev.kami.parse;

import dev.kami.parse.analytics.AnalyticsAdapter;
import dev.kami.parse.api.AggregateRoutes;
import dev.kami.parse.api.AudiencesRoutes;
import dev.kami.parse.api.ClassesRoutes;
import dev.kami.parse.api.ConfigRoutes;
import dev.kami.parse.api.EventsRoutes;
import dev.kami.parse.api.FunctionsRoutes;
import dev.kami.parse.api.HooksRoutes;
import dev.kami.parse.api.JobSchedulesRoutes;
import dev.kami.parse.api.LogsRoutes;
import dev.kami.parse.api.PushRoutes;
import dev.kami.parse.api.RouteTable;
import dev.kami.parse.api.Routes;
import dev.kami.parse.api.SchemasRoutes;
import dev.kami.parse.api.SecurityRoutes;
import dev.kami.parse.api.ServerInfoRoutes;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.config.GlobalConfig;
import dev.kami.parse.config.GraphQLConfig;
import dev.kami.parse.database.Database;
import dev.kami.parse.database.PermissionRules;
import dev.kami.parse.database.SchemaCatalog;
import dev.kami.parse.database.SchemaEditor;
import dev.kami.parse.function.Functions;
import dev.kami.parse.hook.Hooks;
import dev.kami.parse.job.Jobs;
import dev.kami.parse.log.Log;
import dev.kami.parse.options.DatabaseClientOptions;
import dev.kami.parse.options.KeyOptions;
import dev.kami.parse.options.ObjectOptions;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.OptionsBuilder;
import dev.kami.parse.options.SchemaOptions;
import dev.kami.parse.query.QueryLimits;
import dev.kami.parse.query.QueryParser;
import dev.kami.parse.rest.Operations;
import dev.kami.parse.rest.RestOptions;
import dev.kami.parse.security.SecurityReport;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.storage.sql.EmbeddedDatabase;
import dev.kami.parse.value.ObjectIds;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

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
        SchemaEditor schemaEditor,
        Operations operations,
        Functions functions,
        Jobs jobs,
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
        var builder = Options.builder().set("appId", "A").set("masterKey", "M").set("allowClientClassCreation", true);
        change.accept(builder);
        Options options = builder.build();
        InstantSource clock = InstantSource.system();
        var ids = new ObjectIds(new SecureRandom());
        StorageAdapter storage = EmbeddedDatabase.memory("test-" + UUID.randomUUID());
        var permissions = PermissionRules.from(options);
        var schemas = new SchemaCatalog(storage, permissions);
        var database = new Database(storage, schemas, permissions);
        var editor = new SchemaEditor(
                schemas,
                storage,
                options.is(ObjectOptions.ALLOW_CUSTOM_OBJECT_ID),
                options.is(DatabaseClientOptions.DISABLE_INDEX_FIELD_VALIDATION));
        var operations = new Operations(database, schemas, RestOptions.from(options), () -> SERVER_URL, clock, ids);
        var functions = new Functions();
        var jobs = new Jobs(storage, schemas, ids, options.get(ObjectOptions.OBJECT_ID_SIZE), clock, log);
        var parser = new QueryParser(clock, QueryLimits.UNBOUNDED);
        var report = SecurityReport.from(options, log);
        boolean locked =
                SchemaOptions.of(options).map(SchemaOptions::lockSchemas).orElse(false);

        var routes = new RouteTable();
        List.<Routes>of(
                        new ClassesRoutes(operations, parser),
                        new SchemasRoutes(schemas, editor, database, locked),
                        new AggregateRoutes(
                                operations, options.is(KeyOptions.ALLOW_AGGREGATION_FOR_READ_ONLY_MASTER_KEY)),
                        new ConfigRoutes(new GlobalConfig(storage, schemas), new GraphQLConfig(storage, schemas)),
                        new HooksRoutes(new Hooks(storage, schemas)),
                        new FunctionsRoutes(functions, jobs),
                        new JobSchedulesRoutes(operations, jobs, clock),
                        new AudiencesRoutes(operations, parser),
                        new PushRoutes(),
                        new EventsRoutes(AnalyticsAdapter.NONE, log),
                        new LogsRoutes(log, clock),
                        new SecurityRoutes(report),
                        new ServerInfoRoutes("1.2.3", false, false, report.isEnabled()))
                .forEach(group -> group.addTo(routes));
        return new TestCore(options, log, storage, schemas, database, editor, operations, functions, jobs, routes);
    }

    /** Requests of this caller. */
    public Exchange as(Auth auth) {
        return Exchange.with(routes).as(auth);
    }

    @Override
    public void close() {
        jobs.close();
        storage.close();
    }
}
