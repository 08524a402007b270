package dev.kami.parse.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Str;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "[1,\"a\",null,{\"b\":[]}]",
                "{\"z\":1,\"a\":2}",
                "{\"__type\":\"Date\",\"iso\":\"2020-01-01T00:00:00.000Z\"}",
                "{\"__type\":\"Pointer\",\"className\":\"_User\",\"objectId\":\"x\"}",
                "{\"__type\":\"GeoPoint\",\"latitude\":40.5,\"longitude\":-30}",
                "{\"__type\":\"Polygon\",\"coordinates\":[[0,0],[0,1],[1,1]]}",
                "{\"__type\":\"File\",\"name\":\"a.txt\"}",
                "{\"__type\":\"File\",\"name\":\"a.txt\",\"url\":\"http://h/a.txt\"}",
                "{\"__type\":\"Bytes\",\"base64\":\"AAEC\"}",
                "{\"__type\":\"Relation\",\"className\":\"A\"}",
                // not canonical or not known: comes back as it came
                "{\"__type\":\"Date\",\"iso\":\"2020-01-01\"}",
                "{\"__type\":\"Pointer\",\"className\":\"A\",\"objectId\":\"x\",\"more\":1}",
                "{\"__type\":\"Pointer\",\"className\":\"A\"}",
                "{\"__type\":\"Strange\",\"a\":1}",
                "{\"__type\":5}",
                "\"\\u0001\\b\\t\\n\\f\\r\\\"\\\\/ü€😀\\ud800\"",
            })
    void comesBackAsItWasRead(String json) {
        assertThat(JsonReader.read(json.getBytes(StandardCharsets.UTF_8)).toJson())
                .isEqualTo(json);
        assertThat(JsonReader.read(json).toJson()).isEqualTo(json);
    }

    @Test
    void decodesTypesInsideArraysAndObjects() {
        assertThat(JsonReader.read("{\"a\":[{\"__type\":\"Pointer\",\"className\":\"A\",\"objectId\":\"x\"}]}"))
                .isEqualTo(Obj.of("a", new Array(List.of(new Pointer("A", "x")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\"}",
                "{a:1}",
                "01",
                "tru",
                "1 2",
                "\"\\u0000\"",
                "{\"a\\u0000\":1}",
                "1e999",
                "\"a\nb\"",
                "NaN",
                "'a'",
            })
    void refusesWhatIsNotJson(String text) {
        assertThatExceptionOfType(MalformedJson.class)
                .isThrownBy(() -> JsonReader.read(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void refusesInvalidUtf8() {
        assertThatExceptionOfType(MalformedJson.class)
                .isThrownBy(() -> JsonReader.read(new byte[] {'"', (byte) 0xc3, (byte) 0x28, '"'}));
        assertThatExceptionOfType(MalformedJson.class)
                .isThrownBy(() -> JsonReader.read(new byte[] {'"', (byte) 0xff, (byte) 0xfe, '"'}));
    }

    @Test
    void refusesDepthLongKeysAndLongNumbers() {
        assertThatExceptionOfType(MalformedJson.class)
                .isThrownBy(() -> JsonReader.read("[".repeat(10_000) + "]".repeat(10_000)));
        assertThatExceptionOfType(MalformedJson.class)
                .isThrownBy(() -> JsonReader.read("{\"" + "k".repeat(10_000_000) + "\":1}"));
        assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> JsonReader.read("1".repeat(100_000)));
    }

    @Test
    void keepsAStringOfTwentyMegabytes() {
        String text = "x".repeat(20_000_000);
        assertThat(JsonReader.read('"' + text + '"')).isEqualTo(new Str(text));
    }

    @Test
    void minusZeroIsZero() {
        assertThat(JsonReader.read("-0.0"))
                .isEqualTo(new Num(0))
                .extracting(ParseValue::toJson)
                .isEqualTo("0");
    }

    @Test
    void aFieldTakesEveryIsoDateAndFurtherKeys() {
        assertThat(TypeCodec.field(JsonReader.read("{\"__type\":\"Date\",\"iso\":\"2020-01-01\"}")))
                .isEqualTo(new Date(1_577_836_800_000L));
        assertThat(TypeCodec.field(
                        JsonReader.read("{\"__type\":\"Object\",\"className\":\"A\",\"objectId\":\"x\",\"score\":1}")))
                .isEqualTo(new Pointer("A", "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Date", "Pointer", "GeoPoint", "Polygon", "File", "Bytes", "Relation", "Strange"})
    void aFieldOfAnIncompleteTypeIsRefused(String type) {
        assertThatExceptionOfType(ParseException.class)
                .isThrownBy(() -> TypeCodec.field(JsonReader.read("{\"__type\":\"" + type + "\"}")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INCORRECT_TYPE))
                .withMessage("This is not a valid " + type);
    }

    @Test
    void anObjectCopiesStoredJsonAndDecodesItWhenAsked() {
        var row = ParseObject.ofRow("Game", new String[] {"objectId", "createdAt", "tags", "missing"}, new Object[] {
            new Str("x"), new Date(0), "[1, 2]".getBytes(StandardCharsets.UTF_8), null
        });
        assertThat(row.toString())
                .isEqualTo("Game{\"objectId\":\"x\",\"createdAt\":\"1970-01-01T00:00:00.000Z\",\"tags\":[1, 2]}");
        assertThat(row.get("tags")).isEqualTo(new Array(List.of(new Num(1), new Num(2))));
        assertThat(row.has("missing")).isFalse();
        assertThat(row.without("tags").fields()).containsExactly("objectId", "createdAt");
    }
}
