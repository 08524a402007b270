package dev.kami.parse.options;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Pins every definition against the published table of the npm server (src/test/resources/options.json). */
class CatalogueTest {
    /** Defaults that differ from version 9.10 of the npm server, and why. */
    private static final Map<String, String> OTHER_DEFAULT = Map.of(
            "databaseURI", "unset means the embedded H2 database, so that a start needs no database server",
            "allowClientClassCreation", "the quick start creates a class with nothing but the application id");

    /** Options only this server has. */
    private static final Set<String> OURS = Set.of("dataFolder", "metrics");

    @TestFactory
    Stream<DynamicTest> everyPublishedOptionIsDefinedAsPublished() {
        return published().map(row -> DynamicTest.dynamicTest(row.path("path").asText(), () -> compare(row)));
    }

    private static void compare(JsonNode row) {
        String path = row.path("path").asText();
        Option<?> option = Catalogue.find(path).orElseThrow(() -> new AssertionError("not defined: " + path));
        // The flags of the second npm executable (parse-live-query-server) have no counterpart here.
        String flag = row.path("cli").asText("");
        assertThat(option.flag()).isEqualTo(flag.startsWith("--") && !flag.contains(" ") ? flag : null);
        assertThat(option.env())
                .isEqualTo(row.path("env").isNull() ? null : row.path("env").asText());
        assertThat(option.kind().parserName()).isEqualTo(row.path("parser").asText());
        assertThat(option.isRequired()).isEqualTo(row.path("required").asBoolean());
        assertThat(option.since()).isEqualTo(row.path("since").asText());
        assertThat(option.removed())
                .isEqualTo(
                        row.path("removed").isNull()
                                ? null
                                : row.path("removed").asText());
        if (!OTHER_DEFAULT.containsKey(path)) {
            assertThat(OptionJson.write(option.plainDefault()))
                    .isEqualTo(OptionJson.write(
                            OptionJson.freeze(PublishedTable.JSON.convertValue(row.path("default"), Object.class))));
        }
    }

    @Test
    void nothingElseIsDefined() {
        Set<String> names = new HashSet<>(OURS);
        published().forEach(row -> names.add(row.path("path").asText()));
        assertThat(Catalogue.all()).extracting(Option::path).containsExactlyInAnyOrderElementsOf(names);
        assertThat(Catalogue.all())
                .filteredOn(Option::isOurs)
                .extracting(Option::path)
                .containsExactlyInAnyOrderElementsOf(OURS);
    }

    @Test
    void noTwoOptionsShareAnEnvironmentVariable() {
        List<String> names = Catalogue.all().stream()
                .map(Option::env)
                .filter(name -> name != null)
                .toList();
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void everyDefaultHasTheTypeOfItsOption() {
        for (Option<?> option : Catalogue.all()) {
            if (option.plainDefault() != null) {
                assertThat(option.type().convert(option.plainDefault()))
                        .as(option.path())
                        .isNotNull();
            }
        }
    }

    private static Stream<JsonNode> published() {
        return StreamSupport.stream(PublishedTable.options().spliterator(), false);
    }
}
