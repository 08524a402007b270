package dev.kami.parse.rest;

import static dev.kami.parse.rest.ObjectCore.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends is stored or answered with an error of the protocol; nothing else comes out. */
@Timeout(20)
class HostileInputTest {
    private final ObjectCore core = new ObjectCore();

    @AfterEach
    void close() {
        core.close();
    }

    static Stream<Arguments> bodies() {
        ParseValue deep = new Num(1);
        ParseValue list = new Num(1);
        for (int i = 0; i < 490; i++) {
            deep = Obj.of("a", deep);
            list = new Array(List.of(list));
        }
        return Stream.of(
                Arguments.of("a long field name", Obj.of("a".repeat(60_000), new Num(1))),
                Arguments.of("a field name longer than a column may be called", Obj.of("a".repeat(300), new Num(1))),
                Arguments.of("SQL in a field name", Obj.of("a\"; DROP TABLE \"Game\"; --", new Num(1))),
                Arguments.of("SQL in a dotted name", Obj.of("o.a\"); DROP TABLE \"Game\"; --", new Num(1))),
                Arguments.of("SQL in a value", Obj.of("s", new Str("'; DROP TABLE \"Game\"; --"))),
                Arguments.of("a dotted name of many parts", Obj.of("o" + ".a".repeat(400), new Num(1))),
                Arguments.of("a dotted name without parts", Obj.of("o..", new Num(1))),
                Arguments.of("a name that ends with a dot", Obj.of("o.", new Num(1))),
                Arguments.of("a name that begins with a dot", Obj.of(".o", new Num(1))),
                Arguments.of("a dollar behind a dot", Obj.of("o.$x", new Num(1))),
                Arguments.of("an empty name", Obj.of("", new Num(1))),
                Arguments.of("objects inside each other", Obj.of("o", deep)),
                Arguments.of("lists inside each other", Obj.of("l", list)),
                Arguments.of("a large text", Obj.of("s", new Str("x".repeat(5_000_000)))),
                Arguments.of("a huge number", Obj.of("n", new Num(1e308))),
                Arguments.of("half a character", Obj.of("s", new Str("\ud800"))),
                Arguments.of("an operation without a name", Obj.of("n", Obj.of("__op", new Num(1)))),
                Arguments.of(
                        "an operation inside a batch",
                        Obj.of(
                                "n",
                                Obj.of(
                                        "__op",
                                        new Str("Batch"),
                                        "ops",
                                        new Array(
                                                List.of(Obj.of("__op", new Str("Increment"), "amount", new Num(1))))))),
                Arguments.of(
                        "a batch of nothing",
                        Obj.of("n", Obj.of("__op", new Str("Batch"), "ops", new Array(List.of())))),
                Arguments.of("a pointer to a class that cannot be", Obj.of("p", new ParseValue.Pointer("a b\"", "x"))),
                Arguments.of("a relation to a class that cannot be", Obj.of("p", new ParseValue.Relation(""))),
                Arguments.of(
                        "an increment of a text",
                        Obj.of("s", Obj.of("__op", new Str("Increment"), "amount", new Str("1")))),
                Arguments.of("an ACL of lists", Obj.of("ACL", Obj.of("*", new Array(List.of())))),
                Arguments.of("a list as ACL", Obj.of("ACL", new Array(List.of()))),
                Arguments.of("a number as id", Obj.of("objectId", new Num(5))),
                Arguments.of(
                        "a polygon of two points",
                        Obj.of(
                                "y",
                                new ParseValue.Polygon(
                                        List.of(new ParseValue.GeoPoint(1, 1), new ParseValue.GeoPoint(2, 2))))),
                Arguments.of("a place beyond the poles", Obj.of("g", new ParseValue.GeoPoint(1e300, -1e300))),
                Arguments.of("bytes that are none", Obj.of("b", new ParseValue.Bytes("?*"))),
                Arguments.of("an index into a list that is not there", Obj.of("l.5000000000", new Num(1))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void isStoredOrRefusedAndLeavesTheClassUsable(String what, Obj body) {
        String id = core.create("Game", "{'name':'old','o':{},'l':[]}");

        isDoneOrRefused(() -> core.operations.create(nobody(), "Game", body));
        isDoneOrRefused(() -> core.operations.update(nobody(), "Game", id, body));

        core.create("Game", "{'name':'new'}");
        assertThat(core.where(nobody(), "Game", "{'name':'new'}")).hasSize(1);
    }

    private static void isDoneOrRefused(ThrowingCallable work) {
        Throwable thrown = catchThrowable(work);
        if (thrown != null) {
            assertThat(thrown).isInstanceOf(ParseException.class);
        }
    }

    @Test
    void aClassWithALongNameIsStoredOrRefused() {
        for (int length : List.of(120, 121, 300, 70_000)) {
            isDoneOrRefused(() -> core.create(nobody(), "C".repeat(length), "{'a':1}"));
        }
    }
}
