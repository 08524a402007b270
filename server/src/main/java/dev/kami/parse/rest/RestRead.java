package dev.kami.parse.rest;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.AuthAdapters;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.database.ClassRules;
import dev.kami.parse.database.Database;
import dev.kami.parse.database.Paths;
import dev.kami.parse.database.Read;
import dev.kami.parse.database.SchemaCatalog;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.And;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.Nor;
import dev.kami.parse.query.Constraint.Or;
import dev.kami.parse.query.Query;
import dev.kami.parse.query.SortKey;
import dev.kami.parse.rest.ClassAccess.Method;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.schema.Names;
import dev.kami.parse.schema.Operation;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Str;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds and gets objects. The order of the stages is the behaviour that clients see: a class that may not be used is
 * reported before a sub-query that fails, and that before a protected field. It stands here in one list and is pinned by
 * a test. A plain query costs one call of the store.
 */
final class RestRead {
    private static final String USER = "_User";
    private static final String SESSION = "_Session";
    private static final Pattern SEARCHABLE = Pattern.compile("authData\\.[^.]+(\\.id)?");
    private static final Set<String> ALWAYS = Set.of("objectId", "createdAt", "updatedAt", "ACL");

    private final Database database;
    private final SchemaCatalog schemas;
    private final AuthAdapters providers;
    private final ClassAccess classes;
    private final FileUrls files;
    private final boolean ownerExempt;
    private final boolean allowPublicExplain;
    /** From what was asked to what the store is asked. */
    private final List<Step<ReadState>> question;
    /** From what the store is asked to the results. */
    private final List<Step<ReadState>> answer;

    RestRead(
            Database database,
            SchemaCatalog schemas,
            AuthAdapters providers,
            ClassAccess classes,
            FileUrls files,
            RestOptions options) {
        this.database = database;
        this.schemas = schemas;
        this.providers = providers;
        this.classes = classes;
        this.files = files;
        this.ownerExempt = database.options().ownerExempt();
        this.allowPublicExplain = options.allowPublicExplain();
        var subQueries = new SubQueries((outer, query) -> {
            int limit = outer.auth().seesEverything() ? -1 : options.subqueryLimit();
            return execute(new ReadState(outer.caller, Method.FIND, null, query, limit));
        });
        var include = new Include((outer, query) -> {
            Method method = query.where() instanceof EqualTo ? Method.GET : Method.FIND;
            return execute(new ReadState(outer.caller, method, Operation.GET, query, -1));
        });
        this.question = List.of(
                new Step<>("ClassAccess", this::classAccess),
                new Step<>("ExplainAccess", this::explainAccess),
                new Step<>("RedirectClass", this::redirectClass),
                new Step<>("OwnSessions", this::ownSessions),
                new Step<>("ClientClassCreation", read -> classes.checkCreation(read.auth(), read.query.className())),
                new Step<>("Select", subQueries::select),
                new Step<>("DontSelect", subQueries::dontSelect),
                new Step<>("InQuery", subQueries::inQuery),
                new Step<>("NotInQuery", subQueries::notInQuery),
                new Step<>("DenyProtectedFields", this::denyProtectedFields),
                new Step<>("RelativeTimes", this::relativeTimes));
        this.answer = List.of(
                new Step<>("IncludeAll", this::includeAll),
                new Step<>("ExcludeKeys", this::excludeKeys),
                new Step<>("Find", this::find),
                new Step<>("Count", this::count),
                new Step<>("Include", include::run),
                new Step<>("AuthAdapters", this::visibleAuthData));
    }

    /** Names of the stages in the order in which they run. */
    List<String> stageNames() {
        return Stream.concat(question.stream(), answer.stream()).map(Step::name).toList();
    }

    /** @param limit results at most, -1 for all */
    FindResult find(Caller caller, Query query, int limit) {
        ReadState read = execute(new ReadState(caller, Method.FIND, null, query, limit));
        return new FindResult(read.results, read.count, read.explained);
    }

    /** The object, or none. */
    List<ParseObject> get(Caller caller, Query query) {
        return execute(new ReadState(caller, Method.GET, null, query, 1)).results;
    }

    /** The question to the store behind a query, for those who want something else than objects from it. */
    ReadState question(Caller caller, Query query) {
        return run(question, new ReadState(caller, Method.FIND, null, query, -1));
    }

    private ReadState execute(ReadState read) {
        return run(answer, run(question, read));
    }

    private static ReadState run(List<Step<ReadState>> stages, ReadState read) {
        for (Step<ReadState> stage : stages) {
            stage.work().accept(read);
        }
        return read;
    }

    private void classAccess(ReadState read) {
        ClassAccess.check(read.auth(), read.method, read.query.className());
        read.rules = schemas.rules(read.query.className());
    }

    private void explainAccess(ReadState read) {
        if (read.query.hints().explain() != null
                && !allowPublicExplain
                && !read.auth().isMaster()) {
            throw new ParseException(
                    ErrorCode.INVALID_QUERY, "Using the explain query parameter requires the master key");
        }
    }

    /** All rules hold for the class that is searched in the end, so access to it is checked again. */
    private void redirectClass(ReadState read) {
        String key = read.query.redirectClassNameForKey();
        if (key == null) {
            return;
        }
        read.redirected = true;
        FieldType type = read.rules == null ? null : read.rules.schema().field(key);
        if (type != null && type.kind() == Kind.RELATION) {
            read.query = read.query.withClassName(type.targetClass());
            ClassAccess.check(read.auth(), Method.FIND, type.targetClass());
            read.rules = schemas.rules(type.targetClass());
        }
    }

    /** Sessions are secrets: everybody but the master key sees the own ones only, whatever their ACL says. */
    private void ownSessions(ReadState read) {
        if (!read.query.className().equals(SESSION) || read.auth().isMaster()) {
            return;
        }
        read.query = read.query.withWhere(Constraint.and(read.query.where(), ownSession(read.auth())));
    }

    static Constraint ownSession(Auth auth) {
        if (auth.userId() == null) {
            throw ParseException.denied(ErrorCode.INVALID_SESSION_TOKEN, "Invalid session token");
        }
        return new EqualTo("user", new Pointer(USER, auth.userId()));
    }

    /** What may not be seen may not be asked for either, or values could be guessed one comparison after the other. */
    private void denyProtectedFields(ReadState read) {
        if (read.rules == null) {
            return;
        }
        if (read.query.className().equals(USER) && !read.auth().seesEverything()) {
            denySecretsOfProviders(read);
        }
        Set<String> hidden = read.rules.hiddenFrom(read.auth());
        if (hidden.isEmpty() || asksForOwnUser(read)) {
            return;
        }
        denyWhere(read.query.where(), path -> isHidden(path, hidden), read.query.className());
        denyOrder(read.query.order(), path -> isHidden(path, hidden), read.query.className());
    }

    private static void denyOrder(List<SortKey> order, Predicate<String> hidden, String className) {
        for (SortKey key : order) {
            if (hidden.test(key.path())) {
                throw ParseException.denied(
                        ErrorCode.OPERATION_FORBIDDEN,
                        "This user is not allowed to sort by " + key.path() + " on class " + className);
            }
        }
    }

    /** Users may be asked for by their id at a provider; secrets beside it could be guessed letter by letter. */
    private static void denySecretsOfProviders(ReadState read) {
        Predicate<String> secret = path ->
                path.startsWith("authData.") && !SEARCHABLE.matcher(path).matches();
        denyWhere(read.query.where(), secret, USER);
        denyOrder(read.query.order(), secret, USER);
    }

    private boolean asksForOwnUser(ReadState read) {
        String userId = read.auth().userId();
        if (!ownerExempt || userId == null || !read.query.className().equals(USER)) {
            return false;
        }
        var own = new EqualTo("objectId", new Str(userId));
        return switch (read.query.where()) {
            case And(var parts) -> parts.contains(own);
            case Constraint where -> where.equals(own);
        };
    }

    private static void denyWhere(Constraint where, Predicate<String> hidden, String className) {
        switch (where) {
            case And(var parts) -> parts.forEach(part -> denyWhere(part, hidden, className));
            case Or(var parts) -> parts.forEach(part -> denyWhere(part, hidden, className));
            case Nor(var parts) -> parts.forEach(part -> denyWhere(part, hidden, className));
            default -> {
                String path = Paths.of(where);
                if (path != null && hidden.test(path)) {
                    throw ParseException.denied(
                            ErrorCode.OPERATION_FORBIDDEN,
                            "This user is not allowed to query " + path + " on class " + className);
                }
            }
        }
    }

    /** After the permission, so that nobody learns about the fields of a class that is closed to him. */
    private void relativeTimes(ReadState read) {
        if (read.rules == null || read.query.relativeTimes().isEmpty()) {
            return;
        }
        database.check(read.auth(), read.rules, read.operation == null ? Operation.FIND : read.operation, false);
        for (String field : read.query.relativeTimes()) {
            FieldType type = read.rules.schema().field(field);
            if (type != null && type.kind() != Kind.DATE) {
                throw new ParseException(ErrorCode.INVALID_JSON, "$relativeTime can only be used with Date field");
            }
        }
    }

    private static boolean isHidden(String path, Set<String> hidden) {
        return hidden.contains(path) || hidden.contains(Names.root(path));
    }

    private void includeAll(ReadState read) {
        Query query = read.query;
        if (query.include().isEmpty()
                && !query.includeAll()
                && query.keys() == null
                && query.excludeKeys().isEmpty()) {
            read.include = IncludeTree.NONE;
            return;
        }
        read.include = IncludeTree.empty();
        query.include().forEach(read.include::add);
        includeForKeys(query.keys(), read.include);
        includeForKeys(query.excludeKeys(), read.include);
        if (query.includeAll() && read.rules != null) {
            read.rules.includableFields().forEach(read.include::add);
            if (read.keys != null) {
                var more = new LinkedHashSet<>(read.keys);
                more.addAll(read.rules.includableFields());
                read.keys = more;
            }
        }
    }

    /** To have or to lack {@code owner.team.name}, owner and team must be included. */
    private static void includeForKeys(Set<String> keys, IncludeTree include) {
        if (keys == null || keys.isEmpty()) {
            return;
        }
        for (String key : keys) {
            int dot = key.lastIndexOf('.');
            if (dot > 0) {
                include.add(key.substring(0, dot));
            }
        }
    }

    private void excludeKeys(ReadState read) {
        Set<String> excluded = read.query.excludeKeys();
        if (read.keys != null) {
            read.fields = new LinkedHashSet<>();
            for (String key : read.keys) {
                if (!excluded.contains(key)) {
                    read.fields.add(Names.root(key));
                }
            }
        } else if (!excluded.isEmpty() && read.rules != null) {
            read.fields = new LinkedHashSet<>(read.rules.schema().fields().keySet());
            read.fields.removeAll(excluded);
        } else {
            return;
        }
        read.fields.addAll(ALWAYS);
    }

    private void find(ReadState read) {
        if (read.limit == 0 || read.rules == null) {
            return;
        }
        Operation operation = read.operation;
        if (operation == null) {
            operation = asksForOneObject(read.query.where()) ? Operation.GET : Operation.FIND;
        }
        Read question = question(read, operation, read.query.skip(), read.limit);
        if (read.query.hints().explain() != null) {
            read.explained = database.explain(read.auth(), question);
            return;
        }
        database.find(read.auth(), question, read.results::add);
        ClassRules rules = read.rules;
        if (!rules.fileFields().isEmpty()) {
            read.results.replaceAll(object -> files.fill(object, rules));
        }
        if (read.redirected) {
            ParseValue className = new Str(rules.className());
            read.results.replaceAll(object -> object.with("className", className));
        }
    }

    /** Providers hide what only they need: access tokens, secrets of a second factor. */
    private void visibleAuthData(ReadState read) {
        if (!read.query.className().equals(USER)) {
            return;
        }
        read.results.replaceAll(user -> {
            if (!(user.get("authData") instanceof Obj authData)) {
                return user;
            }
            return authData.isEmpty()
                    ? user.without("authData")
                    : user.with("authData", providers.visible(authData, read.caller));
        });
    }

    private static boolean asksForOneObject(Constraint where) {
        return where instanceof EqualTo(String path, Str _) && path.equals("objectId");
    }

    private void count(ReadState read) {
        if (read.query.count()) {
            read.count = read.rules == null ? 0L : database.count(read.auth(), question(read, Operation.COUNT, 0, -1));
        }
    }

    private static Read question(ReadState read, Operation operation, int skip, int limit) {
        return new Read(
                read.rules,
                read.query.where(),
                read.query.order(),
                skip,
                limit,
                read.fields,
                operation,
                read.query.hints());
    }
}
