package dev.kami.parse;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The map of docs/architecture.md as a test: to allow a new dependency, change both.
 *
 * <p>A room is the first package below {@link #ROOT}. Rooms that are planned but not there yet are listed
 * too, so the first class of one already finds its place.
 */
class ArchitectureTest {
    private static final String ROOT = "dev.kami.parse";

    /** From the inside out. A room uses all rooms of the rings inside its own, and its {@link #NEIGHBOURS}. */
    private static final List<Set<String>> RINGS = List.of(
            Set.of("error", "value", "op", "query", "aggregate", "schema", "options", "log", "metrics", "template"),
            Set.of("adapter", "storage", "cache", "pubsub", "file", "email", "auth"),
            Set.of("database", "session", "account", "trigger", "rest"),
            Set.of(
                    "user",
                    "function",
                    "job",
                    "config",
                    "hook",
                    "push",
                    "analytics",
                    "purchase",
                    "page",
                    "security",
                    "migrate",
                    "livequery",
                    "graphql",
                    "cloud"),
            Set.of("api", "http", "server"));

    /** Within a ring: who may use whom. */
    private static final Map<String, Set<String>> NEIGHBOURS = Map.ofEntries(
            Map.entry("value", Set.of("error")),
            Map.entry("op", Set.of("value", "error")),
            Map.entry("query", Set.of("value", "error")),
            Map.entry("aggregate", Set.of("query", "value", "error")),
            Map.entry("schema", Set.of("value", "op", "error")),
            Map.entry("options", Set.of("value", "error")),
            Map.entry("log", Set.of("options", "value", "error")),
            Map.entry("template", Set.of("value")),
            Map.entry("storage", Set.of("adapter")),
            Map.entry("cache", Set.of("adapter")),
            Map.entry("pubsub", Set.of("adapter")),
            Map.entry("file", Set.of("adapter")),
            Map.entry("email", Set.of("adapter")),
            Map.entry("auth", Set.of("adapter")),
            Map.entry("session", Set.of("database")),
            Map.entry("account", Set.of("database", "session")),
            Map.entry("rest", Set.of("database", "session", "account", "trigger")),
            Map.entry("job", Set.of("function")),
            Map.entry("hook", Set.of("function")),
            Map.entry("graphql", Set.of("user", "function")),
            Map.entry("cloud", Set.of("user", "function", "job", "config", "push", "hook")),
            Map.entry("http", Set.of("api")),
            Map.entry("server", Set.of("api", "http")));

    /** Libraries that not everybody may know: package prefix, and the packages of ours that use it. */
    private static final Map<String, Set<String>> LIBRARIES = Map.ofEntries(
            Map.entry("io.helidon.webserver", Set.of("http", "server")),
            Map.entry("io.helidon.http", Set.of("http", "server")),
            Map.entry("io.helidon.dbclient", Set.of("storage.sql")),
            Map.entry("com.zaxxer.hikari", Set.of("storage.sql")),
            Map.entry("org.h2", Set.of("storage.sql")),
            Map.entry("org.postgresql", Set.of("storage.sql")),
            Map.entry("java.sql", Set.of("storage.sql")),
            Map.entry("javax.sql", Set.of("storage.sql")),
            Map.entry("com.mongodb", Set.of("storage.mongo", "file.gridfs")),
            Map.entry("org.bson", Set.of("storage.mongo", "file.gridfs")),
            Map.entry("com.fasterxml.jackson", Set.of("value")),
            Map.entry("com.google.re2j", Set.of("query")),
            Map.entry("com.nimbusds", Set.of("auth.provider")),
            Map.entry("com.unboundid", Set.of("auth.provider")),
            Map.entry("at.favre.lib", Set.of("account")),
            Map.entry("org.slf4j", Set.of("log")),
            Map.entry("jakarta.mail", Set.of("email")),
            Map.entry("com.github.mustachejava", Set.of("template")),
            Map.entry("org.graalvm", Set.of("cloud")),
            Map.entry("graphql", Set.of("graphql")));

    private static final JavaClasses ALL = new ClassFileImporter()
            // What is compiled into the same folder as this class is a test, whatever tool compiled it.
            .withImportOption(location -> !location.contains(folderOfTests()))
            .importPackages(ROOT);

    @Test
    void roomsOnlyUseInnerRingsAndTheirNeighbours() {
        classes()
                .should(condition("only look inwards", (from, to) -> mayUse(room(from), room(to))))
                .allowEmptyShould(true)
                .check(ALL);
    }

    @Test
    void librariesAreKnownOnlyWhereTheMapSaysSo() {
        classes()
                .should(condition("use a library only where it is allowed", ArchitectureTest::mayKnow))
                .allowEmptyShould(true)
                .check(ALL);
    }

    /** Jackson reads option files as trees; the streaming parser and generator belong to the value model alone. */
    @Test
    void onlyTheValueModelKnowsTheJsonParser() {
        Set<String> streaming =
                Set.of("com.fasterxml.jackson.core.JsonParser", "com.fasterxml.jackson.core.JsonGenerator");
        classes()
                .should(condition(
                        "leave JSON tokens to the value model",
                        (from, to) -> room(from).equals("value") || !streaming.contains(to.getName())))
                .allowEmptyShould(true)
                .check(ALL);
    }

    @Test
    void roomsFormNoCycle() {
        slices().matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(ALL);
    }

    /** Two servers in one process share nothing, so nothing that changes may be static. */
    @Test
    void staticFieldsAreFinal() {
        fields().that()
                .areStatic()
                .should()
                .beFinal()
                .because("two servers in one process share nothing")
                .allowEmptyShould(true)
                .check(ALL);
    }

    @Test
    void everyClassLivesInARoomOfTheMap() {
        assertThat(ALL).allSatisfy(type -> assertThat(ring(room(type)))
                .as("ring of %s", type.getName())
                .isNotNegative());
    }

    /** Read from the sources: the compiler writes no class file for a package-info without annotations. */
    @Test
    void everyPackageHasASignOnItsDoor() throws IOException {
        Path sources = Path.of("src/main/java");
        try (Stream<Path> tree = Files.walk(sources)) {
            List<Path> packages = tree.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .sorted()
                    .toList();
            assertThat(packages).allSatisfy(folder -> {
                Path sign = folder.resolve("package-info.java");
                assertThat(sign).exists();
                assertThat(Files.readString(sign)).contains("/**");
            });
        }
    }

    @Test
    void theWrittenMapNamesEveryRoom() throws IOException {
        String map = Files.readString(Path.of("../docs/architecture.md"));
        assertThat(RINGS.stream().flatMap(Set::stream))
                .allSatisfy(room -> assertThat(map).contains("`" + room + "`"));
    }

    private interface Allowed {
        boolean test(JavaClass from, JavaClass to);
    }

    private static ArchCondition<JavaClass> condition(String description, Allowed allowed) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                    if (!allowed.test(from, dependency.getTargetClass())) {
                        events.add(violated(from, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean mayUse(String from, String to) {
        return to.isEmpty() // a library
                || from.equals(to)
                || ring(to) < ring(from)
                || NEIGHBOURS.getOrDefault(from, Set.of()).contains(to);
    }

    private static boolean mayKnow(JavaClass from, JavaClass to) {
        return LIBRARIES.entrySet().stream()
                .filter(library -> within(to.getPackageName(), library.getKey()))
                .allMatch(library -> library.getValue().stream()
                        .anyMatch(allowed -> within(from.getPackageName(), ROOT + "." + allowed)));
    }

    private static boolean within(String packageName, String outer) {
        return packageName.equals(outer) || packageName.startsWith(outer + ".");
    }

    /** The ring of a room, -1 for a package that is not on the map. */
    private static int ring(String room) {
        for (int i = 0; i < RINGS.size(); i++) {
            if (RINGS.get(i).contains(room)) {
                return i;
            }
        }
        return -1;
    }

    /** "dev.kami.parse.storage.sql.SqlDialect" lives in the room "storage"; a library class in none. */
    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1).split("\\.")[0] : "";
    }

    private static String folderOfTests() {
        return ArchitectureTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
    }
}
