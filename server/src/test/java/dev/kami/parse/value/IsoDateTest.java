package dev.kami.parse.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IsoDateTest {
    @Test
    void writesTheSameTextAsTheFormatterOfTheJdk() {
        var jdk = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
        var random = new Random(1);
        long first = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
        long last = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
        for (int i = 0; i < 20_000; i++) {
            long millis = random.nextLong(first, last);
            assertThat(IsoDate.format(millis)).isEqualTo(jdk.format(Instant.ofEpochMilli(millis)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2011-08-21T18:02:52.249Z, 1313949772249",
        "2011-08-21T18:02:52Z, 1313949772000",
        "2011-08-21T20:02:52.249+02:00, 1313949772249",
        "2011-08-21T18:02:52.249, 1313949772249",
        "2011-08-21, 1313884800000",
        "1969-12-31T23:59:59.999Z, -1",
    })
    void readsEveryIsoForm(String text, long millis) {
        assertThat(IsoDate.parse(text)).hasValue(millis);
    }

    @ParameterizedTest
    @CsvSource({"yesterday", "2011-13-01T00:00:00Z", "''", "T", "12T"})
    void knowsWhatIsNoDate(String text) {
        assertThat(IsoDate.parse(text)).isEmpty();
    }

    @Test
    void writesYearsBeyondFourDigitsAsJavaScriptDoes() {
        assertThat(IsoDate.format(253_402_300_800_000L)).isEqualTo("+010000-01-01T00:00:00.000Z");
    }
}
