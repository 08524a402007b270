package dev.kami.parse.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextSearchTest {
    @ParameterizedTest(name = "{0} in \"{1}\": {2}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "coffee,Coffee shop,true",
                "tea coffee,Coffee shop,true",
                "tea,Coffee shop,false",
                "coff,Coffee shop,false",
                "shops,Coffee shop,true",
                "shopping,Coffee shop,true",
                "stories,A story,true",
                "the,the shop,false",
                "\"coffee shop\",My coffee shop,true",
                "\"shop coffee\",My coffee shop,false",
                "coffee -shop,Coffee shop,false",
                "coffee -cake,Coffee shop,true",
                "-cake,Coffee shop,false",
                "coffee -\"a cake\",coffee and a cake,false",
                "cafe,Café am Eck,true",
                "CAFÉ,cafe,true",
                "well-known,a known place,true",
                "``,Coffee,false",
                "\"\",Coffee,false",
                "кофе,Кофе и чай,true",
                "it's,its,false",
                "anna's,anna,true"
            })
    void findsWordsAsMongoDBDoes(String term, String text, boolean found) {
        assertThat(new TextSearch(term, null, false, false).matches(text)).isEqualTo(found);
    }

    @Test
    void caseAndAccentsCountOnDemand() {
        assertThat(new TextSearch("Coffee", "none", true, false).matches("coffee"))
                .isFalse();
        assertThat(new TextSearch("Coffee", "none", true, false).matches("Coffee"))
                .isTrue();
        assertThat(new TextSearch("cafe", "none", false, true).matches("Café")).isFalse();
        assertThat(new TextSearch("café", "none", false, true).matches("Café")).isTrue();
    }

    @Test
    void otherLanguagesHaveNeitherStemsNorStopWords() {
        assertThat(new TextSearch("the", "none", false, false).matches("the shop"))
                .isTrue();
        assertThat(new TextSearch("shops", "none", false, false).matches("the shop"))
                .isFalse();
    }

    @Test
    void manyHitsInAShortTextRankHigh() {
        var search = new TextSearch("tent", null, false, false);
        assertThat(search.score("tent")).isEqualTo(1.1);
        assertThat(search.score("tent cake")).isEqualTo(0.75);
        assertThat(search.score("tent tent")).isGreaterThan(search.score("tent cake"));
        assertThat(search.score("tent shop with a long name")).isLessThan(0.75);
        assertThat(search.score("tea")).isZero();
    }
}
