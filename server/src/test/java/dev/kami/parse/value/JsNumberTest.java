package dev.kami.parse.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsNumberTest {
    /** Right column: what Node prints for {@code JSON.stringify(x)}. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "-1, -1",
        "1.0, 1",
        "1e3, 1000",
        "0.1, 0.1",
        "-0.25, -0.25",
        "123456.789, 123456.789",
        "0.000001, 0.000001",
        "0.0000001, 1e-7",
        "1.5e-7, 1.5e-7",
        "9007199254740993, 9007199254740992",
        "123456789012345680000, 123456789012345680000",
        "1e21, 1e+21",
        "1.25e21, 1.25e+21",
        "-1e300, -1e+300",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "5e-324, 5e-324",
        "2.2250738585072014e-308, 2.2250738585072014e-308",
        "100000000000000000000, 100000000000000000000",
        "0.1234567890123456, 0.1234567890123456",
    })
    void writesNumbersAsJavaScriptDoes(double value, String text) {
        assertThat(JsNumber.format(value)).isEqualTo(text);
        assertThat(new String(new JsonWriter().number(value).toBytes(), java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-Infinity"})
    void writesNullForWhatJsonCannotSay(double value) {
        assertThat(JsNumber.format(value)).isEqualTo("null");
    }
}
