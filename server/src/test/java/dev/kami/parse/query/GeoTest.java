package dev.kami.parse.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kami.parse.value.ParseValue.GeoPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeoTest {
    private static final List<GeoPoint> SQUARE =
            List.of(new GeoPoint(0, 0), new GeoPoint(0, 2), new GeoPoint(2, 2), new GeoPoint(2, 0));

    @Test
    void distancesAreGreatCircles() {
        assertThat(Geo.radians(new GeoPoint(0, 0), new GeoPoint(0, 90))).isCloseTo(Math.PI / 2, within(1e-12));
        assertThat(Geo.radians(new GeoPoint(90, 0), new GeoPoint(-90, 123))).isCloseTo(Math.PI, within(1e-12));
        // Vienna to Berlin
        assertThat(Geo.radians(new GeoPoint(48.2082, 16.3738), new GeoPoint(52.52, 13.405)) * 6371)
                .isCloseTo(523.7, within(1.0));
    }

    @Test
    void theShortWayLeadsOverThe180thMeridian() {
        assertThat(Geo.radians(new GeoPoint(0, 179), new GeoPoint(0, -179)))
                .isCloseTo(Math.toRadians(2), within(1e-12));
    }

    @Test
    void edgesAndCornersOfAPolygonAreInside() {
        assertThat(Geo.inPolygon(new GeoPoint(1, 1), SQUARE)).isTrue();
        assertThat(Geo.inPolygon(new GeoPoint(2, 1), SQUARE)).isTrue();
        assertThat(Geo.inPolygon(new GeoPoint(0, 0), SQUARE)).isTrue();
        assertThat(Geo.inPolygon(new GeoPoint(2.0001, 1), SQUARE)).isFalse();
        assertThat(Geo.inPolygon(new GeoPoint(1, 1), Geo.close(SQUARE))).isTrue();
    }

    @Test
    void aHollowPolygonKeepsItsHollow() {
        List<GeoPoint> bay = List.of(
                new GeoPoint(0, 0), new GeoPoint(0, 4), new GeoPoint(4, 4), new GeoPoint(1, 2), new GeoPoint(4, 0));
        assertThat(Geo.inPolygon(new GeoPoint(3, 2), bay)).isFalse();
        assertThat(Geo.inPolygon(new GeoPoint(0.5, 2), bay)).isTrue();
    }

    @Test
    void cornersOfABoxComeInAnyOrder() {
        assertThat(Geo.inBox(new GeoPoint(1, 1), new GeoPoint(2, 2), new GeoPoint(0, 0)))
                .isTrue();
        assertThat(Geo.inBox(new GeoPoint(2, 2), new GeoPoint(0, 0), new GeoPoint(2, 2)))
                .isTrue();
        assertThat(Geo.inBox(new GeoPoint(3, 1), new GeoPoint(0, 0), new GeoPoint(2, 2)))
                .isFalse();
    }

    @Test
    void ringsOpenAndClose() {
        assertThat(Geo.open(Geo.close(SQUARE))).isEqualTo(SQUARE);
        assertThat(Geo.open(SQUARE)).isSameAs(SQUARE);
    }
}
