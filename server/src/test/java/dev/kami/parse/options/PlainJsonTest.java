package dev.kami.parse.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTest {
    @Test
    void everyKindOfValueIsRead() {
        assertThat(PlainJson.parseOrNull(
                        " {\"a\" : [1, -2.5e3, true, false, null, {}, []],\"b\":\"\\u00fc\\n\\\"\\/\"} "))
                .isEqualTo(Map.of(
                        "a",
                        java.util.Arrays.asList(1L, -2500.0, true, false, null, Map.of(), List.of()),
                        "b",
                        "ü\n\"/"));
        assertThat(PlainJson.parseOrNull("12345678901234567890")).isEqualTo(1.2345678901234567E19);
        assertThat(PlainJson.parseOrNull("0")).isEqualTo(0L);
        assertThat(PlainJson.parseOrNull("\"\"")).isEqualTo("");
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
        assertThat(PlainJson.parseOrNull(text)).isNull();
    }

    @Test
    void aHostileDepthIsRefused() {
        assertThat(PlainJson.parseOrNull("[".repeat(100_000))).isNull();
        assertThat(PlainJson.parseOrNull("[".repeat(500) + "]".repeat(500))).isNotNull();
    }

    @Test
    void writtenJsonIsReadBack() {
        Object value = Map.of("a", List.of(1L, 2.5, "\u0001\"\\\n", Map.of()));
        assertThat(PlainJson.parseOrNull(PlainJson.write(value))).isEqualTo(value);
        assertThat(PlainJson.write(List.of(2.0, Map.of()))).isEqualTo("[2,{}]");
    }

    @Test
    void frozenValuesCannotBeChanged() {
        var list = new java.util.ArrayList<Object>(List.of(1, 2.5f));
        Object frozen = PlainJson.freeze(Map.of("list", list));
        list.clear();
        assertThat(frozen).isEqualTo(Map.of("list", List.of(1L, 2.5)));
    }
}
