package dev.kami.parse.security;

import dev.kami.parse.options.CoreOptions;
import dev.kami.parse.options.DatabaseClientOptions;
import dev.kami.parse.options.DatabaseOptions;
import dev.kami.parse.options.EmailOptions;
import dev.kami.parse.options.GraphQLOptions;
import dev.kami.parse.options.KeyOptions;
import dev.kami.parse.options.LiveQueryOptions;
import dev.kami.parse.options.ObjectOptions;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.PermissionOptions;
import dev.kami.parse.options.RequestComplexity;
import dev.kami.parse.options.UserOptions;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What every server checks about its options; the titles are those that dashboards know. */
final class BuiltInChecks {
    private static final int SECURE_LENGTH = 14;
    private static final Pattern PASSWORD_IN_URI = Pattern.compile("//\\S+:(\\S+)@");
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0/0", "0.0.0.0", "::/0", "::", "::0");

    private BuiltInChecks() {}

    static List<CheckGroup> groups(Options options) {
        return List.of(
                new CheckGroup("Database", List.of(databasePassword(options))),
                new CheckGroup(
                        "Parse Server Configuration",
                        Stream.concat(keys(options), Stream.concat(data(options), features(options)))
                                .toList()));
    }

    private static SecurityCheck databasePassword(Options options) {
        return new SecurityCheck(
                "Secure database password",
                "The password of the database is short or simple and can be guessed.",
                "Choose a password of at least 14 characters with upper- and lowercase letters, digits and others.",
                () -> {
                    String uri = options.get(DatabaseOptions.DATABASE_URI);
                    if (uri == null || uri.startsWith("h2:")) {
                        return true; // embedded: reached through files, not over the network
                    }
                    Matcher password = PASSWORD_IN_URI.matcher(uri);
                    return password.find() && isStrong(password.group(1));
                });
    }

    private static Stream<SecurityCheck> keys(Options options) {
        return Stream.of(
                new SecurityCheck(
                        "Secure master key",
                        "The master key is short or simple and can be guessed.",
                        "Choose a key of at least 14 characters with upper- and lowercase letters, digits and others.",
                        () -> isStrong(options.get(CoreOptions.MASTER_KEY))),
                new SecurityCheck(
                        "Security log disabled",
                        "Whoever reads the logs learns which settings are weak.",
                        "Set 'security.enableCheckLog: false'.",
                        () -> !options.is(PermissionOptions.SECURITY_ENABLE_CHECK_LOG)),
                new SecurityCheck(
                        "Read-only master key IP range restricted",
                        "The read-only master key is accepted from every address, so whoever finds it can read"
                                + " everything.",
                        "Set 'readOnlyMasterKeyIps' to the addresses that need it, for example"
                                + " [\"127.0.0.1\", \"::1\"].",
                        () -> options.get(KeyOptions.READ_ONLY_MASTER_KEY) == null
                                || options.get(KeyOptions.READ_ONLY_MASTER_KEY_IPS).stream()
                                        .noneMatch(EVERYWHERE::contains)));
    }

    private static Stream<SecurityCheck> data(Options options) {
        return Stream.of(
                new SecurityCheck(
                        "Client class creation disabled",
                        "Every client may create classes and fill the database with them.",
                        "Set 'allowClientClassCreation: false'.",
                        () -> !options.is(ObjectOptions.ALLOW_CLIENT_CLASS_CREATION)),
                new SecurityCheck(
                        "Public database explain disabled",
                        "Every client may ask the database how it answers a query and learns about its structure.",
                        "Set 'databaseOptions.allowPublicExplain: false'.",
                        () -> Boolean.FALSE.equals(options.get(DatabaseClientOptions.ALLOW_PUBLIC_EXPLAIN))),
                new SecurityCheck(
                        "Request complexity limits enabled",
                        "At least one limit is off, so that a few deep or broad requests can keep the server busy.",
                        "Set all parts of 'requestComplexity' to positive numbers.",
                        () -> hasAllLimits(RequestComplexity.of(options))),
                new SecurityCheck(
                        "Users are created without public access",
                        "New users can be read by everybody.",
                        "Set 'enforcePrivateUsers: true'.",
                        () -> options.is(UserOptions.ENFORCE_PRIVATE_USERS)));
    }

    private static Stream<SecurityCheck> features(Options options) {
        return Stream.of(
                new SecurityCheck(
                        "Insecure auth adapters disabled",
                        "Log-in with some providers can be forged on behalf of other users.",
                        "Set 'enableInsecureAuthAdapters: false'.",
                        () -> !options.is(UserOptions.ENABLE_INSECURE_AUTH_ADAPTERS)),
                new SecurityCheck(
                        "GraphQL public introspection disabled",
                        "Everybody can read the GraphQL schema.",
                        "Set 'graphQLPublicIntrospection: false'; the master key still reads it.",
                        () -> !options.is(GraphQLOptions.GRAPHQL_PUBLIC_INTROSPECTION)),
                new SecurityCheck(
                        "GraphQL Playground disabled",
                        "The playground page contains the master key.",
                        "Set 'mountPlayground: false' in production.",
                        () -> !options.is(GraphQLOptions.MOUNT_PLAYGROUND)),
                new SecurityCheck(
                        "Password reset endpoint user enumeration mitigated",
                        "The answer of a password reset tells whether an e-mail address is registered.",
                        "Set 'passwordPolicy.resetPasswordSuccessOnInvalidEmail: true'.",
                        () -> !Boolean.FALSE.equals(
                                options.get(UserOptions.PASSWORD_POLICY_RESET_PASSWORD_SUCCESS_ON_INVALID_EMAIL))),
                new SecurityCheck(
                        "Email verification endpoint user enumeration mitigated",
                        "The answer of a verification request tells whether an e-mail address is registered.",
                        "Set 'emailVerifySuccessOnInvalidEmail: true'.",
                        () -> !Boolean.FALSE.equals(options.get(EmailOptions.EMAIL_VERIFY_SUCCESS_ON_INVALID_EMAIL))),
                new SecurityCheck(
                        "LiveQuery regex timeout enabled",
                        "A subscription with a costly pattern may keep the server busy.",
                        "Set 'liveQuery.regexTimeout: 100'.",
                        () -> options.find(LiveQueryOptions.LIVE_QUERY_CLASS_NAMES)
                                        .orElse(List.of())
                                        .isEmpty()
                                || !Integer.valueOf(0).equals(options.get(LiveQueryOptions.LIVE_QUERY_REGEX_TIMEOUT))));
    }

    private static boolean hasAllLimits(RequestComplexity limits) {
        return Stream.of(
                        limits.includeDepth(),
                        limits.includeCount(),
                        limits.subqueryDepth(),
                        limits.queryDepth(),
                        limits.graphQLDepth(),
                        limits.graphQLFields(),
                        limits.batchRequestLimit())
                .noneMatch(limit -> limit == -1);
    }

    /** Long enough, and at least three of upper case, lower case, digit, other. */
    static boolean isStrong(String secret) {
        if (secret == null || secret.length() < SECURE_LENGTH) {
            return false;
        }
        long kinds = Stream.of("[A-Z]", "[a-z]", "[0-9]", "[^A-Za-z0-9_]")
                .filter(kind -> Pattern.compile(kind).matcher(secret).find())
                .count();
        return kinds >= 3;
    }
}
