package dev.kami.parse.storage.sql;

import dev.kami.parse.query.Geo;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.GeoPoint;
import dev.kami.parse.value.ParseValue.Polygon;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Points and rings as well-known binary: byte order, type (1 point, 3 polygon), then for a polygon the number of rings and
 * of points, then longitude and latitude of each point.
 */
final class Shapes {
    private static final int POINT = 1;
    private static final int POLYGON = 3;

    private Shapes() {}

    static byte[] encode(GeoPoint point) {
        return ByteBuffer.allocate(21)
                .put((byte) 0)
                .putInt(POINT)
                .putDouble(point.longitude())
                .putDouble(point.latitude())
                .array();
    }

    /** The ring is closed, as the genuine server stores it. */
    static byte[] encode(Polygon polygon) {
        List<GeoPoint> ring = Geo.close(polygon.points());
        var out = ByteBuffer.allocate(13 + ring.size() * 16)
                .put((byte) 0)
                .putInt(POLYGON)
                .putInt(1)
                .putInt(ring.size());
        for (GeoPoint point : ring) {
            out.putDouble(point.longitude()).putDouble(point.latitude());
        }
        return out.array();
    }

    static ParseValue decode(byte[] binary) {
        var in = ByteBuffer.wrap(binary);
        in.order(in.get() == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int type = in.getInt();
        if (type == POINT) {
            return point(in);
        }
        if (type != POLYGON || in.getInt() != 1) {
            throw new IllegalStateException("neither a point nor a ring: geometry of type " + type);
        }
        int size = in.getInt();
        var ring = new ArrayList<GeoPoint>(size);
        for (int i = 0; i < size; i++) {
            ring.add(point(in));
        }
        return new Polygon(ring);
    }

    private static GeoPoint point(ByteBuffer in) {
        double longitude = in.getDouble();
        return new GeoPoint(in.getDouble(), longitude);
    }
}
