package dev.kami.parse.aggregate;

import dev.kami.parse.query.Geo;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.GeoPoint;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * {@code $geoNear}: documents with a point, nearest first, with their distance: metres from a GeoJSON point, radians from
 * a pair or a Parse GeoPoint.
 *
 * @param key path of the point, {@code null} for the first point of a document (a class has one)
 * @param unit length of a radian
 */
record GeoNearStage(
        GeoPoint near,
        String[] key,
        double unit,
        double min,
        double max,
        double multiplier,
        String[] distanceField,
        String[] includeLocs,
        Match.Condition condition)
        implements Stage {
    private static final double EARTH_METRES = 6_378_100; // as MongoDB

    static GeoNearStage parse(Obj spec, Match.Condition condition) {
        ParseValue near = spec.get("near");
        boolean geoJson = near instanceof Obj obj && obj.get("coordinates") instanceof Array;
        GeoPoint point =
                switch (near) {
                    case GeoPoint given -> given;
                    case Obj obj -> pair(obj.get("coordinates"));
                    case null, default -> pair(near);
                };
        if (point == null) {
            throw Budget.invalid("$geoNear requires a point as near");
        }
        double multiplier = number(spec, "distanceMultiplier", 1);
        return new GeoNearStage(
                point,
                spec.text("key") == null ? null : ExpressionParser.path(spec.text("key")),
                geoJson ? EARTH_METRES : 1,
                number(spec, "minDistance", 0),
                number(spec, "maxDistance", Double.POSITIVE_INFINITY),
                multiplier,
                ExpressionParser.path(StageParser.text("$geoNear", spec, "distanceField")),
                spec.text("includeLocs") == null ? null : ExpressionParser.path(spec.text("includeLocs")),
                condition);
    }

    private static GeoPoint pair(ParseValue value) {
        return value instanceof Array(List<ParseValue> two)
                        && two.size() == 2
                        && two.get(0) instanceof Num(double longitude)
                        && two.get(1) instanceof Num(double latitude)
                ? new GeoPoint(latitude, longitude)
                : null;
    }

    private static double number(Obj spec, String name, double standard) {
        return spec.has(name) ? NumberOperators.need("$geoNear", spec.get(name)) : standard;
    }

    @Override
    public Reads reads() {
        return Reads.ALL;
    }

    private record Found(double distance, Obj document) {}

    @Override
    public Sink open(Environment environment, Sink next) {
        var found = new ArrayList<Found>();
        return new Sink() {
            @Override
            public void accept(Obj document) {
                GeoPoint point = point(document);
                if (point == null || !condition.test(document, environment.scope())) {
                    return;
                }
                double distance = Geo.radians(near, point) * unit;
                if (distance < min || distance > max) {
                    return;
                }
                environment.budget().hold();
                Obj result = Documents.with(document, distanceField, 0, new Num(distance * multiplier));
                found.add(new Found(
                        distance, includeLocs == null ? result : Documents.with(result, includeLocs, 0, point)));
            }

            @Override
            public void end() {
                found.sort(Comparator.comparingDouble(Found::distance));
                found.forEach(one -> next.accept(one.document));
                next.end();
            }
        };
    }

    private GeoPoint point(Obj document) {
        if (key != null) {
            return Documents.path(document, key, 0) instanceof GeoPoint point ? point : null;
        }
        for (ParseValue value : document.fields().values()) {
            if (value instanceof GeoPoint point) {
                return point;
            }
        }
        return null;
    }
}
