package dev.kami.parse.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.log.Log;
import dev.kami.parse.log.LogLevel;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.OptionsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityReportTest {
    private static final SecurityCheck GOOD = new SecurityCheck("Door locked", "w", "s", () -> true);
    private static final SecurityCheck WEAK =
            new SecurityCheck("Window closed", "It is open.", "Close it.", () -> false);
    private static final SecurityCheck BROKEN = new SecurityCheck("Roof tight", "It rains.", "Repair it.", () -> {
        throw new IllegalStateException("cannot look");
    });

    private static SecurityReport report(CheckGroup... groups) {
        return new SecurityReport(List.of(groups), true, false, Log.off());
    }

    @Test
    void aReportOfGoodSettingsSucceedsWithoutAdvice() {
        assertThat(report(new CheckGroup("House", List.of(GOOD))).run().toJson())
                .isEqualTo("{\"report\":{\"version\":\"1.0.0\",\"state\":\"success\",\"groups\":[{\"name\":\"House\","
                        + "\"state\":\"success\",\"checks\":[{\"title\":\"Door locked\",\"state\":\"success\"}]}]}}");
    }

    @Test
    void oneWeakSettingFailsItsGroupAndTheWhole() {
        assertThat(report(new CheckGroup("House", List.of(GOOD, WEAK)), new CheckGroup("Garden", List.of(GOOD)))
                        .run()
                        .toJson())
                .contains("\"version\":\"1.0.0\",\"state\":\"fail\"")
                .contains("{\"name\":\"House\",\"state\":\"fail\"")
                .contains("{\"name\":\"Garden\",\"state\":\"success\"")
                .contains("{\"title\":\"Window closed\",\"state\":\"fail\",\"warning\":\"It is open.\","
                        + "\"solution\":\"Close it.\"}");
    }

    @Test
    void aCheckThatCannotLookFails() {
        assertThat(report(new CheckGroup("House", List.of(BROKEN))).run().toJson())
                .contains("{\"title\":\"Roof tight\",\"state\":\"fail\"");
    }

    @Test
    void checksTheOptionsOfTheServer() {
        Options weak = Options.builder().set("appId", "A").set("masterKey", "M").build();
        Options strong = Options.builder()
                .set("appId", "A")
                .set("masterKey", "aB3-aB3-aB3-aB3-")
                .set("allowClientClassCreation", false)
                .build();
        assertThat(SecurityReport.from(weak, Log.off()).run().toJson())
                .contains("{\"title\":\"Secure master key\",\"state\":\"fail\"")
                .contains("{\"title\":\"Secure database password\",\"state\":\"success\"");
        assertThat(SecurityReport.from(strong, Log.off()).run().toJson())
                .contains("{\"title\":\"Secure master key\",\"state\":\"success\"")
                .contains("{\"title\":\"Client class creation disabled\",\"state\":\"success\"");
    }

    @Test
    void optionCheckGroupsTakesNamesAndGroupsOfOnesOwn() {
        Options options = Options.builder()
                .set("appId", "A")
                .set("masterKey", "M")
                .set("security", Map.of("checkGroups", List.of("Database", new CheckGroup("House", List.of(GOOD)))))
                .build();
        assertThat(SecurityReport.from(options, Log.off()).run().toJson())
                .contains("\"name\":\"Database\"", "\"name\":\"House\"")
                .doesNotContain("Parse Server Configuration");
    }

    @Test
    void anUnknownGroupStopsTheStart() {
        Options options = Options.builder()
                .set("appId", "A")
                .set("masterKey", "M")
                .set("security", Map.of("checkGroups", List.of("Garage")))
                .build();
        assertThatThrownBy(() -> SecurityReport.from(options, Log.off()))
                .isInstanceOf(OptionsException.class)
                .hasMessage("Option security.checkGroups names an unknown group \"Garage\"; known are: Database, Parse"
                        + " Server Configuration.");
    }

    @Test
    void theReportIsLoggedAsWarningWhenSomethingIsWeak() {
        var lines = new ArrayList<String>();
        Log log = Log.to((level, message, meta) -> lines.add(level + " " + message), LogLevel.INFO);
        new SecurityReport(List.of(new CheckGroup("House", List.of(GOOD, WEAK))), true, true, log).runAtStart();
        assertThat(lines)
                .containsExactly("WARN Security check: 1 of 2 settings are weak\n- House\n   good: Door locked\n"
                        + "   weak: Window closed\n      It is open. Close it.");
    }

    @Test
    void nothingIsCheckedAtStartUnlessAskedFor() {
        var lines = new ArrayList<String>();
        Log log = Log.to((level, message, meta) -> lines.add(message), LogLevel.INFO);
        new SecurityReport(List.of(new CheckGroup("House", List.of(WEAK))), false, true, log).runAtStart();
        assertThat(lines).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "aB3-aB3-aB3-aB, true",
        "aB3aB3aB3aB3aB, true",
        "aB3-aB3-aB3-a, false",
        "aaaaaaaaaaaaaa, false",
        "aaaaaaaaaaaaA1, true",
        "aaaaaaaaaaaaaA, false"
    })
    void aStrongSecretIsLongAndMixed(String secret, boolean strong) {
        assertThat(BuiltInChecks.isStrong(secret)).isEqualTo(strong);
    }
}
