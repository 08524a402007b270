package dev.kami.parse.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Embedded;
import dev.kami.parse.value.ParseValue.File;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
    private static ParseValue json(String text) {
        return JsonReader.read(text.replace('\'', '"'));
    }

    private static List<ParseValue> leaves(String root, String path) {
        var seen = new ArrayList<ParseValue>();
        Values.anyLeaf(json(root), path, leaf -> {
            seen.add(leaf == null ? ParseValue.of("(missing)") : leaf);
            return false;
        });
        return seen;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':{'b':1}} | a.b | [1]",
                "{'a':{}} | a.b | ['(missing)']",
                "{'a':4} | a.b | ['(missing)']",
                "{} | a.b | ['(missing)']",
                "{'a':[{'b':1},{'c':2},5]} | a.b | [1,'(missing)']",
                "{'a':[]} | a.b | []",
                "{'a':[7,8]} | a.1 | [8]",
                "{'a':[7,8]} | a.2 | []",
                "{'a':[{'b':1},{'b':2}]} | a.1.b | [2,'(missing)','(missing)']",
                "{'a':[{'1':'x'},{'1':'y'}]} | a.1 | [{'1':'y'},'x','y']",
                "{'a':[[{'b':1}]]} | a.b | []",
                "{'a':[[{'b':1}]]} | a.0.b | [1]",
                "{'a':{'b':[1,2]}} | a.b | [[1,2]]",
                "{'a':null} | a.b | ['(missing)']"
            })
    void pathsWalkAsInMongoDB(String root, String path, String leaves) {
        assertThat(new ParseValue.Array(leaves(root, path))).isEqualTo(json(leaves));
    }

    @Test
    void aPathWithExponentiallyManyReadingsIsRefused() {
        String root = "{'0':[".repeat(60) + "1" + "]}".repeat(60);
        String path = "0" + ".0".repeat(90);
        assertThatThrownBy(() -> Values.anyLeaf(json(root), path, _ -> false))
                .isInstanceOf(ParseException.class)
                .hasMessageStartingWith("Path takes too many steps");
    }

    @Test
    void typesAreOrderedAsInMongoDB() {
        List<String> ascending = List.of(
                "null",
                "-1",
                "0",
                "0.5",
                "10",
                "''",
                "'A'",
                "'a'",
                "'b'",
                "'\uFF5E'",
                "'\uD83D\uDE00'",
                "{}",
                "{'a':1}",
                "{'a':1,'b':1}",
                "{'a':2}",
                "{'b':1}",
                "{'a':'x'}",
                "[]",
                "[1]",
                "[1,2]",
                "[2]",
                "{'__type':'Bytes','base64':'AQ=='}",
                "{'__type':'Bytes','base64':'AAA='}",
                "false",
                "true",
                "{'__type':'Date','iso':'1969-01-01T00:00:00.000Z'}",
                "{'__type':'Date','iso':'2020-01-01T00:00:00.000Z'}");
        for (int i = 0; i < ascending.size(); i++) {
            for (int j = 0; j < ascending.size(); j++) {
                assertThat(Integer.signum(Values.compare(json(ascending.get(i)), json(ascending.get(j)))))
                        .as("%s against %s", ascending.get(i), ascending.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @Test
    void missingEqualsNullOnly() {
        assertThat(Values.equal(null, ParseValue.NULL)).isTrue();
        assertThat(Values.equal(ParseValue.NULL, null)).isTrue();
        assertThat(Values.equal(null, ParseValue.FALSE)).isFalse();
        assertThat(Values.equal(ParseValue.of(0), null)).isFalse();
    }

    @Test
    void keysOfEqualObjectsMayStandInAnyOrder() {
        assertThat(Values.equal(json("{'a':1,'b':{'c':[1]}}"), json("{'b':{'c':[1]},'a':1}")))
                .isTrue();
        assertThat(Values.equal(json("{'a':1}"), json("{'a':1,'b':null}"))).isFalse();
    }

    @Test
    void filesAreEqualByNameAndIncludedObjectsAreTheirPointers() {
        assertThat(Values.equal(new File("a.txt", null), new File("a.txt", "http://x/a.txt")))
                .isTrue();
        var included = new Embedded(ParseObject.of("Team", Obj.of("objectId", ParseValue.of("t1"))));
        assertThat(Values.equal(included, new Pointer("Team", "t1"))).isTrue();
        assertThat(Values.equal(new Pointer("Team", "t1"), included)).isTrue();
        assertThat(Values.equal(new Pointer("Team", "t2"), included)).isFalse();
    }

    @Test
    void closedAndOpenRingsAreEqual() {
        assertThat(Values.equal(
                        json("{'__type':'Polygon','coordinates':[[0,0],[0,1],[1,1]]}"),
                        json("{'__type':'Polygon','coordinates':[[0,0],[0,1],[1,1],[0,0]]}")))
                .isTrue();
    }

    @Test
    void anArraySortsByItsSmallestOrGreatestElement() {
        ParseValue root = json("{'a':[3,1,2]}");
        assertThat(Values.sortValue(root, "a", false)).isEqualTo(ParseValue.of(1));
        assertThat(Values.sortValue(root, "a", true)).isEqualTo(ParseValue.of(3));
        assertThat(Values.sortValue(root, "b", true)).isNull();
    }
}
