package dev.kami.parse.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParsersTest {
    @Test
    void integersTakeTheirLeadingDigits() {
        assertThat(OptionKind.INTEGER.parse("k", " 12.9x")).isEqualTo(12L);
        assertThat(OptionKind.INTEGER.parse("k", "-3")).isEqualTo(-3L);
        assertThat(OptionKind.INTEGER.parse("k", 4.7)).isEqualTo(4L);
        for (Object bad : List.of("x1", "", "-", true, Double.NaN, List.of(), "99999999999999999999")) {
            assertThatThrownBy(() -> OptionKind.INTEGER.parse("k", bad))
                    .hasMessage("Key k has invalid value " + OptionJson.text(bad));
        }
    }

    @Test
    void booleansNeverFail() {
        for (Object yes : List.of(true, "true", 1, "1", 1.0)) {
            assertThat(OptionKind.BOOLEAN.parse("k", yes)).isEqualTo(true);
        }
        for (Object no : List.of(false, "false", "TRUE", "yes", 0, 2, List.of(), Map.of())) {
            assertThat(OptionKind.BOOLEAN.parse("k", no)).isEqualTo(false);
        }
    }

    @Test
    void listsAreListsOrTextWithCommas() {
        assertThat(OptionKind.LIST.parse("k", "a,b,")).isEqualTo(List.of("a", "b", ""));
        assertThat(OptionKind.LIST.parse("k", "[1,\"b\"]")).isEqualTo(List.of(1L, "b"));
        assertThat(OptionKind.LIST.parse("k", "[0-9]+")).isEqualTo(List.of("[0-9]+"));
        assertThatThrownBy(() -> OptionKind.LIST.parse("k", 5))
                .hasMessage("5 should be a comma separated string or an array");
    }

    @Test
    void adaptersAreObjectsJsonOrNames() {
        assertThat(OptionKind.ADAPTER.parse("k", "{\"module\":\"m\"}")).isEqualTo(Map.of("module", "m"));
        assertThat(OptionKind.ADAPTER.parse("k", "./my-adapter")).isEqualTo("./my-adapter");
        assertThat(OptionKind.ADAPTER.parse("k", "{broken")).isEqualTo("{broken");
    }

    @Test
    void objectsAreObjectsOrJson() {
        assertThat(OptionKind.OBJECT.parse("k", "{\"a\":[1,2.5,null]}").toString())
                .isEqualTo("{a=[1, 2.5, null]}");
        assertThat(OptionKind.OBJECT.parse("k", "true")).isEqualTo(true);
        assertThatThrownBy(() -> OptionKind.OBJECT.parse("k", "{} x")).hasMessageContaining("is not valid JSON");
        assertThatThrownBy(() -> OptionKind.OBJECT.parse("k", "hidden"))
                .hasMessageContaining("Option k is not valid JSON")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void mixedKindsKeepWhatTheyAreGiven() {
        assertThat(OptionKind.NULLABLE_STRING.parse("k", "null")).isNull();
        assertThat(OptionKind.INTEGER_OR_BOOLEAN.parse("k", "true")).isEqualTo(true);
        assertThat(OptionKind.INTEGER_OR_BOOLEAN.parse("k", "4")).isEqualTo(4L);
        assertThat(OptionKind.INTEGER_OR_STRING.parse("k", "14d")).isEqualTo("14d");
        assertThat(OptionKind.INTEGER_OR_STRING.parse("k", 14)).isEqualTo(14L);
    }

    @Test
    void sizesAreReadAsTheBytesPackageDoes() {
        assertThat(ByteSize.bytes("20mb")).isEqualTo(20L * 1024 * 1024);
        assertThat(ByteSize.bytes("1.5 KB")).isEqualTo(1536);
        assertThat(ByteSize.bytes("512")).isEqualTo(512);
        assertThat(ByteSize.bytes("1gb")).isEqualTo(1L << 30);
        for (String bad : List.of("", "mb", "-1mb", "1 zb", "1mb2")) {
            assertThat(ByteSize.isSize(bad)).as(bad).isFalse();
        }
    }

    @Test
    void databaseLocationsAreFilesMemoryOrServers() {
        assertThat(location("h2:mem:test")).isEqualTo(new DatabaseLocation.EmbeddedMemory("test"));
        assertThat(location("h2:file:/x/db"))
                .isEqualTo(new DatabaseLocation.EmbeddedFile(java.nio.file.Path.of("/x/db")));
        assertThat(location("postgres://u:p@h/db")).isEqualTo(new DatabaseLocation.Postgres("postgres://u:p@h/db"));
        assertThat(location("postgresql://u:p@h/db").toString()).doesNotContain("u:p");
        assertThat(location("h2:./db")).isEqualTo(new DatabaseLocation.EmbeddedFile(java.nio.file.Path.of("./db")));
        assertThat(DatabaseLocation.of(Options.builder()
                        .set("appId", "A")
                        .set("masterKey", "M")
                        .build()))
                .isEqualTo(new DatabaseLocation.EmbeddedFile(java.nio.file.Path.of(".", "data", "parse")));
    }

    private static DatabaseLocation location(String uri) {
        return DatabaseLocation.of(Options.builder()
                .set("appId", "A")
                .set("masterKey", "M")
                .set("databaseURI", uri)
                .build());
    }
}
