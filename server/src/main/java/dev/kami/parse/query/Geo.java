package dev.kami.parse.query;

import dev.kami.parse.value.ParseValue.GeoPoint;
import java.util.List;

/**
 * Geometry of queries. Distances are great circles on the unit sphere (multiply by 6371 for kilometres, 3959 for miles);
 * boxes and polygons are flat figures over longitude and latitude, as MongoDB's legacy shapes and PostgreSQL's types, so a
 * polygon cannot cross the 180th meridian. What lies on an edge is inside.
 */
public final class Geo {
    private static final double EDGE = 1e-12;

    private Geo() {}

    /** Haversine distance in radians, 0 to pi. */
    public static double radians(GeoPoint a, GeoPoint b) {
        double lat1 = Math.toRadians(a.latitude());
        double lat2 = Math.toRadians(b.latitude());
        double sinLat = Math.sin((lat2 - lat1) / 2);
        double sinLon = Math.sin(Math.toRadians(b.longitude() - a.longitude()) / 2);
        double h = sinLat * sinLat + Math.cos(lat1) * Math.cos(lat2) * sinLon * sinLon;
        return 2 * Math.asin(Math.sqrt(Math.min(1, Math.max(0, h))));
    }

    public static boolean inSphere(GeoPoint point, GeoPoint center, double radians) {
        return radians(point, center) <= radians;
    }

    /** Between two opposite corners, in either order. */
    public static boolean inBox(GeoPoint point, GeoPoint a, GeoPoint b) {
        return between(point.latitude(), a.latitude(), b.latitude())
                && between(point.longitude(), a.longitude(), b.longitude());
    }

    private static boolean between(double x, double a, double b) {
        return x >= Math.min(a, b) && x <= Math.max(a, b);
    }

    /** @param ring at least three points, closed or not */
    public static boolean inPolygon(GeoPoint point, List<GeoPoint> ring) {
        double x = point.longitude();
        double y = point.latitude();
        boolean inside = false;
        for (int i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            double xi = ring.get(i).longitude();
            double yi = ring.get(i).latitude();
            double xj = ring.get(j).longitude();
            double yj = ring.get(j).latitude();
            if (onEdge(x, y, xi, yi, xj, yj)) {
                return true;
            }
            if (yi > y != yj > y && x < (xj - xi) * (y - yi) / (yj - yi) + xi) {
                inside = !inside;
            }
        }
        return inside;
    }

    private static boolean onEdge(double x, double y, double x1, double y1, double x2, double y2) {
        double cross = (x - x1) * (y2 - y1) - (y - y1) * (x2 - x1);
        return Math.abs(cross) <= EDGE && between(x, x1, x2) && between(y, y1, y2);
    }

    /** The ring without a last point that repeats the first. */
    public static List<GeoPoint> open(List<GeoPoint> ring) {
        int last = ring.size() - 1;
        return last > 0 && Values.equal(ring.getFirst(), ring.get(last)) ? ring.subList(0, last) : ring;
    }

    /** The ring with its first point repeated at the end. */
    public static List<GeoPoint> close(List<GeoPoint> ring) {
        if (ring.isEmpty() || Values.equal(ring.getFirst(), ring.getLast())) {
            return ring;
        }
        var closed = new java.util.ArrayList<>(ring);
        closed.add(ring.getFirst());
        return closed;
    }
}
