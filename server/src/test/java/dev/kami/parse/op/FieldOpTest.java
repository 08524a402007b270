package dev.kami.parse.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldOpTest {
    @ParameterizedTest(name = "{1} on {0} gives {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "-       | 5                                              | 5",
                "1       | null                                           | null",
                "1       | {\"__op\":\"Delete\"}                          | -",
                "-       | {\"__op\":\"Increment\",\"amount\":2}          | 2",
                "1.5     | {\"__op\":\"Increment\",\"amount\":-2}         | -0.5",
                "-       | {\"__op\":\"Add\",\"objects\":[1,1]}           | [1,1]",
                "[1]     | {\"__op\":\"Add\",\"objects\":[1,2]}           | [1,1,2]",
                "[1,1]   | {\"__op\":\"AddUnique\",\"objects\":[1,2,2]}   | [1,1,2]",
                "-       | {\"__op\":\"AddUnique\",\"objects\":[2,2]}     | [2]",
                "[1,2,1] | {\"__op\":\"Remove\",\"objects\":[1]}          | [2]",
                "[{\"a\":1}] | {\"__op\":\"Remove\",\"objects\":[{\"a\":1}]} | []",
                "-       | {\"__op\":\"SetOnInsert\",\"amount\":3}        | 3",
                "1       | {\"__op\":\"SetOnInsert\",\"amount\":3}        | 1",
            })
    void appliesInMemory(String before, String op, String after) {
        ParseValue result =
                FieldOp.parse(JsonReader.read(op)).applyTo(before.equals("-") ? null : JsonReader.read(before));
        assertThat(result == null ? "-" : result.toJson()).isEqualTo(after);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"__op\":\"Increment\"}                            | 107 | incrementing must provide a number",
                "{\"__op\":\"Increment\",\"amount\":\"1\"}           | 107 | incrementing must provide a number",
                "{\"__op\":\"Add\"}                                  | 107 | objects to add must be an array",
                "{\"__op\":\"AddUnique\",\"objects\":1}              | 107 | objects to add must be an array",
                "{\"__op\":\"Remove\",\"objects\":{}}                | 107 | objects to remove must be an array",
                "{\"__op\":\"Explode\"}                              | 108 | The Explode operator is not supported yet.",
                "{\"__op\":7}                                        | 108 | The 7 operator is not supported yet.",
                "{\"__type\":\"Pointer\"}                            | 111 | This is not a valid Pointer",
            })
    void refusesMalformedOperations(String op, int code, String text) {
        assertThatExceptionOfType(ParseException.class)
                .isThrownBy(() -> FieldOp.parse(JsonReader.read(op)))
                .withMessage(text)
                .satisfies(e -> assertThat(e.code().number()).isEqualTo(code));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"__op\":\"Increment\",\"amount\":1} | \"a\"",
                "{\"__op\":\"Add\",\"objects\":[1]}    | 1",
                "{\"__op\":\"Remove\",\"objects\":[1]} | {}",
            })
    void refusesToWorkOnAValueOfAnotherType(String op, String before) {
        assertThatExceptionOfType(ParseException.class)
                .isThrownBy(() -> FieldOp.parse(JsonReader.read(op)).applyTo(JsonReader.read(before)))
                .satisfies(e -> assertThat(e.code().number()).isEqualTo(111));
    }
}
