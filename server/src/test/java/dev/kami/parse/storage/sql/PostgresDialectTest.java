package dev.kami.parse.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.value.ParseValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresDialectTest {
    @ParameterizedTest
    @CsvSource(delimiter = '=', quoteCharacter = '`', textBlock = """
            {"a": [1, 2.5], "b": {"c": null}}       = {"a":[1,2.5],"b":{"c":null}}
            {"a b": "x, y: z"}                      = {"a b":"x, y: z"}
            {"q": "\\" , \\\\", "r": 1}       = {"q":"\\" , \\\\","r":1}
            [100000000000000000000]                 = [100000000000000000000]
            [1, 1000000000000000000000]             = [1,1e+21]
            ["a b", -0.0000001, 0.000001]           = ["a b",-1e-7,0.000001]
            [0.0000012]                             = [0.0000012]
            ["1000000000000000000000", "0.0000001"] = ["1000000000000000000000","0.0000001"]
            []                                      = []
            """)
    void storedJsonIsWrittenAsJavaScriptWritesIt(String stored, String expected) {
        Object read = PostgresDialect.asJavaScriptWrites(stored.getBytes(StandardCharsets.UTF_8));
        assertThat(
                        read instanceof ParseValue value
                                ? value.toJson()
                                : new String((byte[]) read, StandardCharsets.UTF_8))
                .isEqualTo(expected);
    }
}
