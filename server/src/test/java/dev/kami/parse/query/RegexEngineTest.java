package dev.kami.parse.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.RegexEngine.Literal;
import dev.kami.parse.query.RegexEngine.Where;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class RegexEngineTest {
    @ParameterizedTest(name = "/{0}/{1} on {2}: {3}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "b,``,abc,true",
                "^b,``,abc,false",
                "^A,i,abc,true",
                "A,``,abc,false",
                "É,i,é,true",
                "a.c,``,abc,true",
                "^\\Qa.c\\E,``,abc,false",
                "^\\Qa.c\\E,``,a.cd,true",
                "\\Qa.c\\E$,``,xa.c,true",
                "\\Q+\\E,``,1+1,true",
                "^\\Qa\\E\\\\E\\Qb\\E,``,a\\Eb,true",
                "\\QA+\\E,i,a+,true",
                "a b # c,x,ab,true",
                "a[ ]b,x,a b,true",
                "a\\ b,x,a b,true",
                "[]x]+$,``,a]],true",
                "(?=.*x)(?=.*y),``,yx,true",
                "(?=.*x)(?=.*y),``,yy,false",
                "(a)\\1,``,aa,true",
                "(a)\\1,``,ab,false",
                "a++b,``,aaab,true",
                "^\\w+@\\w+$,``,a@b,true",
                "\\d{3},``,a123,true",
                "x|y,``,y,true",
                "^$,``,``,true",
                "``,``,abc,true",
                "\\p{Lu},``,aB,true",
                "(?i)ab,``,AB,true",
                "a{2001},``,a,false"
            })
    void findsWhatThePatternSays(String pattern, String options, String text, boolean found) {
        assertThat(RegexEngine.find(pattern, options, text)).isEqualTo(found);
    }

    @Test
    void linesAndDotsFollowTheOptions() {
        assertThat(RegexEngine.find("^b", "", "a\nb")).isFalse();
        assertThat(RegexEngine.find("^b", "m", "a\nb")).isTrue();
        assertThat(RegexEngine.find("a.b", "", "a\nb")).isFalse();
        assertThat(RegexEngine.find("a.b", "s", "a\nb")).isTrue();
        assertThat(RegexEngine.find("(?=b).$", "m", "a\nb\nc")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "*", "a{2,1}", "(?<n", "\\", "(?!", "[b-a]"})
    void aBrokenPatternIsCodeOneAndSaysNothing(String pattern) {
        assertThatThrownBy(() -> RegexEngine.compile(pattern, ""))
                .isInstanceOfSatisfying(
                        ParseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL_SERVER_ERROR))
                .hasMessage("An internal server error occurred");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?=a)(a+)+$", "(?=a)(.*a){20}b", "(a*)*\\1c", "(?=((((){999}){99}){9}){9})a"})
    void aHostilePatternEndsSoon(String pattern) {
        long before = System.nanoTime();
        assertThatThrownBy(() -> RegexEngine.find(pattern, "", "a".repeat(5000) + "!"))
                .isInstanceOfSatisfying(
                        ParseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_QUERY))
                .hasMessageContaining("too many steps");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void theClassicHostilePatternsAreLinear() {
        assertThat(RegexEngine.find("(a+)+$", "", "a".repeat(5000) + "!")).isFalse();
        assertThat(RegexEngine.find("(x+x+)+y", "", "x".repeat(5000))).isFalse();
    }

    @Test
    void deepNestingIsAnAnswerAndNotACrash() {
        String deep = "(".repeat(10_000) + "a" + ")".repeat(10_000);
        assertThatThrownBy(() -> RegexEngine.find(deep, "", "a")).isInstanceOf(ParseException.class);
        assertThatThrownBy(() -> RegexEngine.find("(?=" + deep + ")", "", "a")).isInstanceOf(ParseException.class);
        assertThatThrownBy(() -> RegexEngine.compile("a".repeat(40_000), "")).isInstanceOf(ParseException.class);
    }

    @Test
    void knowsPatternsThatAreOnlyText() {
        assertThat(RegexEngine.literal("^\\Qa%b\\E", "")).isEqualTo(new Literal("a%b", Where.START));
        assertThat(RegexEngine.literal("\\Qab\\E$", "")).isEqualTo(new Literal("ab", Where.END));
        assertThat(RegexEngine.literal("a\\.b", "s")).isEqualTo(new Literal("a.b", Where.ANYWHERE));
        assertThat(RegexEngine.literal("^ab$", "")).isEqualTo(new Literal("ab", Where.WHOLE));
        assertThat(RegexEngine.literal("^a.b", "")).isNull();
        assertThat(RegexEngine.literal("ab*", "")).isNull();
        assertThat(RegexEngine.literal("ab", "i")).isNull();
        assertThat(RegexEngine.literal("a\\d", "")).isNull();
        assertThat(RegexEngine.literal("ab\\", "")).isNull();
    }

    @Test
    void knowsWhatEveryMatchBeginsWith() {
        assertThat(RegexEngine.prefix("^ab.*c", "")).isEqualTo("ab");
        assertThat(RegexEngine.prefix("^abc*", "")).isEqualTo("ab");
        assertThat(RegexEngine.prefix("^a|b", "")).isEmpty();
        assertThat(RegexEngine.prefix("^\\Qa|b\\E.", "")).isEqualTo("a|b");
        assertThat(RegexEngine.prefix("ab", "")).isEmpty();
        assertThat(RegexEngine.prefix("^ab", "i")).isEmpty();
    }
}
