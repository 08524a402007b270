package dev.kami.parse.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL is asked and what is left to the matcher; that both mean the same is tested on the database. */
class PostgresRegexTest {
    @ParameterizedTest
    @CsvSource(delimiter = '=', textBlock = """
            ^ab+c?$      =  = (?:^ab+c?$)
            (a|b){2,3}   =  = (?:(?:a|b){2,3})
            a.c          =  = (?:a[^\\n]c)
            a.c          = s = (?:a.c)
            \\d\\w\\s    =  = (?:[0-9][A-Za-z0-9_][\\t\\n\\f\\r ])
            \\bword\\B   =  = (?:\\yword\\Y)
            a*?          =  = (?:a*)
            [^a-c\\d.]   =  = (?:[^a-c0-9\\.])
            \\Qa.b\\E+   =  = (?:a\\.b+)
            (?=a)b       =  = (?:(?=a)b)
            a1           = i = (?:[aA]1)
            [a-c]        = i = (?:[a-caAbBcC])
            """)
    void isTranslated(String pattern, String options, String expected) {
        assertThat(PostgresRegex.translate(pattern, options == null ? "" : options))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a)\\1",
                "(?i)a",
                "(?<n>a)",
                "\\p{L}",
                "[[:alpha:]]",
                "a++",
                "a{300}",
                "(a{30}){40}",
                "(?<=a)b",
                "[]a]",
                "a**",
                "(?=a)b$",
                "\\x41",
                "[a&&b]",
                "(",
                ")",
                "["
            })
    void isLeftToTheMatcher(String pattern) {
        assertThat(PostgresRegex.translate(pattern, "")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "m", "im"})
    void optionsThatChangeThePatternAreLeftToTheMatcher(String options) {
        assertThat(PostgresRegex.translate("a", options)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "[é]", "[à-ü]"})
    void caseBeyondAsciiIsLeftToTheMatcher(String pattern) {
        assertThat(PostgresRegex.translate(pattern, "i")).isNull();
        assertThat(PostgresRegex.translate(pattern, "")).isNotNull();
    }
}
