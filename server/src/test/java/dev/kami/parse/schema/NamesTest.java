package dev.kami.parse.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"GameScore", "a", "A_1", "_User", "_Session", "_Join:users:_Role"})
    void classesAreWordsSystemClassesAndJoinClasses(String name) {
        assertThat(Names.isClass(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "a b", "a-b", "_Unknown", "_Hooks", "_SCHEMA", "length", "a\"", "_Join:a", "é"})
    void nothingElseIsAClass(String name) {
        assertThat(Names.isClass(name)).isFalse();
    }

    @Test
    void theTextOfAWrongClassNameEndsWithABlank() {
        assertThatThrownBy(() -> Names.requireClass("a b"))
                .isInstanceOf(ParseException.class)
                .hasMessage(
                        "Invalid classname: a b, classnames can only have alphanumeric characters and _, and must start"
                                + " with an alpha character ")
                .extracting(thrown -> ((ParseException) thrown).code())
                .isEqualTo(ErrorCode.INVALID_CLASS_NAME);
    }

    @Test
    void onlyHooksHaveAFieldCalledClassName() {
        assertThat(Names.isField("className", "GameScore")).isFalse();
        assertThat(Names.isField("className", "_Hooks")).isTrue();
    }

    @Test
    void fieldsOfSystemClassesAreDefaultFieldsOnlyThere() {
        assertThat(Names.isDefaultField("email", "_User")).isTrue();
        assertThat(Names.isDefaultField("email", "GameScore")).isFalse();
        assertThat(Names.isDefaultField("ACL", "GameScore")).isTrue();
    }

    @Test
    void namesThatNoTableOrColumnCouldHaveAreRefused() {
        assertThat(Names.isClass("C".repeat(120))).isTrue();
        assertThat(Names.isClass("C".repeat(121))).isFalse();
        assertThat(Names.isField("f".repeat(128), "C")).isTrue();
        assertThat(Names.isField("f".repeat(129), "C")).isFalse();
        assertThat(Names.joinClass("f".repeat(128), "C".repeat(120))).hasSizeLessThanOrEqualTo(256);
    }
}
