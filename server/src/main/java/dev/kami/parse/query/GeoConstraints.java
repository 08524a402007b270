package dev.kami.parse.query;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.query.Constraint.Intersects;
import dev.kami.parse.query.Constraint.Near;
import dev.kami.parse.query.Constraint.WithinBox;
import dev.kami.parse.query.Constraint.WithinPolygon;
import dev.kami.parse.query.Constraint.WithinSphere;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.GeoPoint;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Polygon;
import dev.kami.parse.value.ParseValue.Str;
import dev.kami.parse.value.TypeCodec;
import java.util.ArrayList;
import java.util.List;

/** The geographic constraints of {@code where}. Points of stored objects are not checked, those of queries are. */
final class GeoConstraints {
    private static final double EARTH_KM = 6371;
    private static final double EARTH_MILES = 3959;

    private GeoConstraints() {}

    static Constraint near(String path, ParseValue value, Obj beside) {
        GeoPoint center = point(value);
        if (center == null) {
            throw bad("bad $nearSphere value; should be GeoPoint");
        }
        return new Near(path, center, maxRadians(beside));
    }

    private static double maxRadians(Obj beside) {
        if (beside.has("$maxDistance")) {
            return distance(beside, "$maxDistance");
        }
        if (beside.has("$maxDistanceInKilometers")) {
            return distance(beside, "$maxDistanceInKilometers") / EARTH_KM;
        }
        if (beside.has("$maxDistanceInMiles")) {
            return distance(beside, "$maxDistanceInMiles") / EARTH_MILES;
        }
        if (beside.has("$maxDistanceInRadians")) {
            return distance(beside, "$maxDistanceInRadians");
        }
        return Double.POSITIVE_INFINITY;
    }

    private static double distance(Obj beside, String key) {
        if (beside.get(key) instanceof Num(double distance) && distance >= 0) {
            return distance;
        }
        throw bad("bad " + key + " value");
    }

    static Constraint box(String path, ParseValue value) {
        if (value instanceof Obj within
                && within.get("$box") instanceof Array(List<ParseValue> corners)
                && corners.size() == 2) {
            GeoPoint southwest = point(corners.get(0));
            GeoPoint northeast = point(corners.get(1));
            if (southwest != null && northeast != null) {
                return new WithinBox(path, southwest, northeast);
            }
        }
        throw bad("malformatted $within arg");
    }

    static Constraint within(String path, ParseValue value) {
        if (value instanceof Obj shape && shape.has("$polygon")) {
            return new WithinPolygon(path, polygon(shape.get("$polygon")));
        }
        if (value instanceof Obj shape && shape.has("$centerSphere")) {
            return sphere(path, shape.get("$centerSphere"));
        }
        throw bad("bad $geoWithin value");
    }

    private static List<GeoPoint> polygon(ParseValue value) {
        return switch (value) {
            case Polygon(List<GeoPoint> points) -> {
                if (points.size() < 3) {
                    throw bad("bad $geoWithin value; Polygon.coordinates should contain at least 3 lon/lat pairs");
                }
                // The genuine server reads the pairs of a Polygon object as [longitude, latitude] in this place.
                yield points.stream()
                        .map(pair -> checked(new GeoPoint(pair.longitude(), pair.latitude()), "$geoWithin"))
                        .toList();
            }
            case Array(List<ParseValue> items) -> {
                if (items.size() < 3) {
                    throw bad("bad $geoWithin value; $polygon should contain at least 3 GeoPoints");
                }
                var points = new ArrayList<GeoPoint>(items.size());
                for (ParseValue item : items) {
                    GeoPoint point = pointOrPair(item);
                    if (point == null) {
                        throw bad("bad $geoWithin value");
                    }
                    points.add(checked(point, "$geoWithin"));
                }
                yield points;
            }
            case Obj obj
            when "Polygon".equals(obj.text("__type")) ->
                throw bad("bad $geoWithin value; Polygon.coordinates should contain at least 3 lon/lat pairs");
            default ->
                throw bad("bad $geoWithin value; $polygon should be Polygon object or Array of Parse.GeoPoint's");
        };
    }

    private static Constraint sphere(String path, ParseValue value) {
        if (!(value instanceof Array(List<ParseValue> parts)) || parts.size() < 2) {
            throw bad("bad $geoWithin value; $centerSphere should be an array of Parse.GeoPoint and distance");
        }
        GeoPoint center = pointOrPair(parts.get(0));
        if (center == null) {
            throw bad("bad $geoWithin value; $centerSphere geo point invalid");
        }
        if (!(parts.get(1) instanceof Num(double radians)) || radians < 0) {
            throw bad("bad $geoWithin value; $centerSphere distance invalid");
        }
        return new WithinSphere(path, checked(center, "$geoWithin"), radians);
    }

    static Constraint intersects(String path, ParseValue value) {
        GeoPoint point = value instanceof Obj shape ? point(shape.get("$point")) : null;
        if (point == null) {
            throw bad("bad $geoIntersect value; $point should be GeoPoint");
        }
        return new Intersects(path, checked(point, "$geoIntersect"));
    }

    private static GeoPoint pointOrPair(ParseValue value) {
        return value instanceof Array(List<ParseValue> pair)
                        && pair.size() == 2
                        && pair.get(0) instanceof Num(double longitude)
                        && pair.get(1) instanceof Num(double latitude)
                ? new GeoPoint(latitude, longitude)
                : point(value);
    }

    private static GeoPoint point(ParseValue value) {
        if (value instanceof GeoPoint point) {
            return point;
        }
        return value instanceof Obj obj
                        && obj.get("__type") instanceof Str(String type)
                        && type.equals("GeoPoint")
                        && obj.get("latitude") instanceof Num
                        && obj.get("longitude") instanceof Num
                ? (GeoPoint) TypeCodec.field(obj)
                : null;
    }

    private static GeoPoint checked(GeoPoint point, String operator) {
        if (Math.abs(point.latitude()) > 90) {
            throw bad("bad " + operator + " value; latitude out of bounds: " + new Num(point.latitude()).toJson());
        }
        if (Math.abs(point.longitude()) > 180) {
            throw bad("bad " + operator + " value; longitude out of bounds: " + new Num(point.longitude()).toJson());
        }
        return point;
    }

    private static ParseException bad(String text) {
        return new ParseException(ErrorCode.INVALID_JSON, text);
    }
}
