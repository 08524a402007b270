package dev.kami.parse.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "null | null | false",
                "0 | 0 | false",
                "1.50 | 1.5 | true",
                "'a' | a | true",
                "false | false | false",
                "[1,null,[2,'b']] | 1,,2,b | true",
                "{} | [object Object] | true",
                "{'__type':'GeoPoint','latitude':1,'longitude':2} | [object Object] | true"
            })
    void writesAndJudgesValuesAsJavaScriptDoes(String json, String text, boolean truthy) {
        ParseValue value = JsonReader.read(json.replace('\'', '"'));
        assertThat(JsText.of(value)).isEqualTo(text);
        assertThat(JsText.isTruthy(value)).isEqualTo(truthy);
    }
}
