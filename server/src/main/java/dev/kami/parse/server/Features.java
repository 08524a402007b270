package dev.kami.parse.server;

import dev.kami.parse.account.Accounts;
import dev.kami.parse.analytics.AnalyticsAdapter;
import dev.kami.parse.api.AccountRoutes;
import dev.kami.parse.api.AggregateRoutes;
import dev.kami.parse.api.AudiencesRoutes;
import dev.kami.parse.api.ClassesRoutes;
import dev.kami.parse.api.ConfigRoutes;
import dev.kami.parse.api.EventsRoutes;
import dev.kami.parse.api.FunctionsRoutes;
import dev.kami.parse.api.HooksRoutes;
import dev.kami.parse.api.InstallationsRoutes;
import dev.kami.parse.api.JobSchedulesRoutes;
import dev.kami.parse.api.LogsRoutes;
import dev.kami.parse.api.PageRoutes;
import dev.kami.parse.api.PushRoutes;
import dev.kami.parse.api.RouteTable;
import dev.kami.parse.api.Routes;
import dev.kami.parse.api.SchemasRoutes;
import dev.kami.parse.api.SecurityRoutes;
import dev.kami.parse.api.ServerInfoRoutes;
import dev.kami.parse.api.SessionsRoutes;
import dev.kami.parse.api.UsersRoutes;
import dev.kami.parse.config.GlobalConfig;
import dev.kami.parse.config.GraphQLConfig;
import dev.kami.parse.database.Database;
import dev.kami.parse.database.SchemaCatalog;
import dev.kami.parse.database.SchemaEditor;
import dev.kami.parse.database.SchemaMigration;
import dev.kami.parse.function.Functions;
import dev.kami.parse.hook.Hooks;
import dev.kami.parse.job.Jobs;
import dev.kami.parse.log.Log;
import dev.kami.parse.options.FunctionOptions;
import dev.kami.parse.options.KeyOptions;
import dev.kami.parse.options.ObjectOptions;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.PasswordPolicy;
import dev.kami.parse.options.RequestComplexity;
import dev.kami.parse.options.SchemaOptions;
import dev.kami.parse.page.PublicPages;
import dev.kami.parse.query.QueryLimits;
import dev.kami.parse.query.QueryParser;
import dev.kami.parse.rest.Operations;
import dev.kami.parse.security.SecurityReport;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.user.Challenges;
import dev.kami.parse.user.EmailConfirmations;
import dev.kami.parse.user.LogIn;
import dev.kami.parse.user.MailedLinks;
import dev.kami.parse.user.PasswordResets;
import dev.kami.parse.value.ObjectIds;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The features of a server, built on its core, and all their routes. Closed before the core. */
public final class Features implements AutoCloseable {
    private final Log log;
    private final SchemaCatalog schemas;
    private final Optional<SchemaOptions> definitions;
    private final SchemaEditor schemaEditor;
    private final Functions functions;
    private final Jobs jobs;
    private final SecurityReport securityReport;
    private final List<Routes> routes;

    public Features(
            Options options,
            Log log,
            StorageAdapter storage,
            SchemaCatalog schemas,
            Database database,
            Accounts accounts,
            Operations operations,
            ObjectIds ids,
            InstantSource clock) {
        this.log = log;
        this.schemas = schemas;
        this.definitions = SchemaOptions.of(options);
        this.schemaEditor = new SchemaEditor(schemas, storage, options.is(ObjectOptions.ALLOW_CUSTOM_OBJECT_ID));
        this.functions = new Functions();
        this.jobs = new Jobs(storage, schemas, ids, options.get(ObjectOptions.OBJECT_ID_SIZE), clock, log);
        this.securityReport = SecurityReport.from(options, log);
        var parser = new QueryParser(clock, limits(options));
        var logIn = new LogIn(accounts, operations, clock);
        var resets = new PasswordResets(accounts, operations, PasswordPolicy.of(options), clock, ids);
        var confirmations = new EmailConfirmations(accounts, operations, clock);
        boolean locked = definitions.map(SchemaOptions::lockSchemas).orElse(false);
        this.routes = List.of(
                new ClassesRoutes(operations, parser),
                new UsersRoutes(operations, parser, logIn, accounts.sessions()),
                new SessionsRoutes(operations, parser, accounts.sessions()),
                new AccountRoutes(resets, confirmations, new Challenges(accounts, logIn, log)),
                new PageRoutes(PublicPages.routes(options, new MailedLinks(confirmations, resets), log)),
                new InstallationsRoutes(operations, parser),
                new SchemasRoutes(schemas, schemaEditor, database, accounts::emptied, locked),
                new AggregateRoutes(operations, options.is(KeyOptions.ALLOW_AGGREGATION_FOR_READ_ONLY_MASTER_KEY)),
                new ConfigRoutes(new GlobalConfig(storage, schemas), new GraphQLConfig(storage, schemas)),
                new HooksRoutes(new Hooks(storage, schemas)),
                new FunctionsRoutes(functions, jobs),
                new JobSchedulesRoutes(operations, jobs, clock),
                new AudiencesRoutes(operations, parser),
                new PushRoutes(),
                new EventsRoutes(analytics(options), log),
                new LogsRoutes(log, clock),
                new SecurityRoutes(securityReport),
                new ServerInfoRoutes(version(), false, false, securityReport.isEnabled()));
    }

    private static QueryLimits limits(Options options) {
        RequestComplexity bounds = RequestComplexity.of(options);
        return new QueryLimits(
                bounds.queryDepth(),
                bounds.subqueryDepth(),
                bounds.includeDepth(),
                bounds.includeCount(),
                bounds.allowRegex());
    }

    /** Adapters by name come later; until then the option has an effect in Java alone. */
    private static AnalyticsAdapter analytics(Options options) {
        return options.get(FunctionOptions.ANALYTICS_ADAPTER) instanceof AnalyticsAdapter adapter
                ? adapter
                : AnalyticsAdapter.NONE;
    }

    private static String version() {
        String version = Features.class.getPackage().getImplementationVersion();
        return version == null ? "development build" : version;
    }

    public void addTo(RouteTable table) {
        routes.forEach(group -> group.addTo(table));
    }

    /**
     * What must be done before the server answers: the classes of option {@code schema}.
     *
     * @throws dev.kami.parse.options.OptionsException when strict definitions cannot be applied
     */
    public void prepare() {
        definitions.ifPresent(schema -> new SchemaMigration(schema, schemas, schemaEditor, log).run());
    }

    /** What may be done while the server answers already: the security check for the log. */
    public void check() {
        securityReport.runAtStart();
    }

    /** Changes of classes, for programs that embed the server. */
    public SchemaEditor schemaEditor() {
        return schemaEditor;
    }

    /** Where a program that embeds the server defines cloud functions. */
    public Functions functions() {
        return functions;
    }

    /** Where a program that embeds the server defines jobs. */
    public Jobs jobs() {
        return jobs;
    }

    /** Ends running jobs. */
    @Override
    public void close() {
        jobs.close();
    }
}
