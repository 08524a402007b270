package dev.kami.parse.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTest {
    @Test
    void everyKindOfValueIsRead() {
        assertThat(PlainJson.readOrNull(
                        " {\"a\" : [1, -2.5e3, true, false, null, {}, []],\"b\":\"\\u00fc\\n\\\"\\/\"} "))
                .isEqualTo(Map.of(
                        "a",
                        java.util.Arrays.asList(1L, -2500.0, true, false, null, Map.of(), List.of()),
                        "b",
                        "ü\n\"/"));
        assertThat(PlainJson.readOrNull("12345678901234567890")).isEqualTo(1.2345678901234567E19);
        assertThat(PlainJson.readOrNull("0")).isEqualTo(0L);
        assertThat(PlainJson.readOrNull("\"\"")).isEqualTo("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "[1,]",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "{\"a\":1,}",
                "[1 2]",
                "01",
                "-",
                "1.",
                ".5",
                "1e",
                "+1",
                "tru",
                "nul",
                "\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\n\"",
                "{} {}",
                "'a'",
                "NaN",
                "[1]]",
                "\"\\u00zz\""
            })
    void whatIsNotJsonIsRefused(String text) {
        assertThat(PlainJson.readOrNull(text)).isNull();
    }

    @Test
    void aHostileDepthIsRefused() {
        assertThat(PlainJson.readOrNull("[".repeat(100_000))).isNull();
        assertThat(PlainJson.readOrNull("[".repeat(500) + "]".repeat(500))).isNotNull();
    }

    @Test
    void writtenJsonIsReadBack() {
        Object value = Map.of("a", List.of(1L, 2.5, "\u0001\"\\\n", Map.of()));
        assertThat(PlainJson.readOrNull(write(value))).isEqualTo(value);
        assertThat(write(List.of(2.0, Map.of()))).isEqualTo("[2,{}]");
        assertThat(write(new Object[] {Thread.State.NEW})).isEqualTo("[<NEW>]");
    }

    private static String write(Object value) {
        var out = new StringBuilder();
        PlainJson.append(out, value, (to, other) -> to.append('<').append(other).append('>'));
        return out.toString();
    }

    @Test
    void aFaultTellsItsPlaceAndNoWordOfTheText() {
        assertThatExceptionOfType(MalformedJson.class)
                .isThrownBy(() -> PlainJson.read("{\"masterKey\":\n  secret}"))
                .satisfies(fault -> assertThat(fault.withoutContent()).startsWith("fault at line 2, column "));
        assertThatExceptionOfType(MalformedJson.class)
                .isThrownBy(() -> PlainJson.read("{\"masterKey\":"))
                .satisfies(fault -> assertThat(fault.withoutContent()).isEqualTo("it ends too early"));
    }
}
