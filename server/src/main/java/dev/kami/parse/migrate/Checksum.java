package dev.kami.parse.migrate;

import dev.kami.parse.query.Geo;
import dev.kami.parse.value.JsonWriter;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.File;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Polygon;
import dev.kami.parse.value.ParseValue.Relation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * Count and checksum of objects, whatever their order: the sum of the SHA-256 of each, cut to twice 64 bits.
 *
 * <p>An object is hashed in a canonical form, because stores keep the same object differently: its REST form with sorted
 * keys (PostgreSQL sorts those of JSON in its own way), without nulls at the top (SQL has none), relations (their members
 * are objects of join classes) and addresses of files (computed when read), polygons closed, permissions as two rights for
 * each holder. Not for several threads.
 */
final class Checksum {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final MessageDigest digest = sha256();
    private final JsonWriter json = new JsonWriter(1024);
    private long count;
    private long files;
    private long high;
    private long low;

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    void add(ParseObject object) {
        json.clear();
        write(object);
        digest.update(json.buffer(), 0, json.size());
        byte[] hash = digest.digest();
        high += (long) LONGS.get(hash, 0);
        low += (long) LONGS.get(hash, 8);
        count++;
    }

    long count() {
        return count;
    }

    /** Values of File fields among the objects. */
    long files() {
        return files;
    }

    /** 32 hexadecimal digits. */
    String text() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }

    boolean sameAs(Checksum other) {
        return count == other.count && high == other.high && low == other.low;
    }

    private void write(ParseObject object) {
        List<String> names = object.fields();
        names.sort(null);
        json.startObject();
        for (String name : names) {
            ParseValue value = object.get(name);
            if (value instanceof Null || value instanceof Relation) {
                continue;
            }
            json.name(name);
            if (name.equals("ACL") && value instanceof Obj acl) {
                write(rights(acl));
            } else {
                files += value instanceof File ? 1 : 0;
                write(value);
            }
        }
        json.endObject();
    }

    private static Obj rights(Obj acl) {
        var holders = new TreeMap<String, ParseValue>();
        acl.fields().forEach((holder, rights) -> {
            boolean read = has(rights, "read");
            boolean write = has(rights, "write");
            if (read || write) {
                holders.put(holder, Obj.of("read", ParseValue.of(read), "write", ParseValue.of(write)));
            }
        });
        return new Obj(new java.util.LinkedHashMap<>(holders));
    }

    private static boolean has(ParseValue rights, String right) {
        return rights instanceof Obj entry && entry.get(right) instanceof Bool(boolean granted) && granted;
    }

    private void write(ParseValue value) {
        switch (value) {
            case Obj(var fields) -> {
                json.startObject();
                new TreeMap<>(fields).forEach((name, field) -> {
                    json.name(name);
                    write(field);
                });
                json.endObject();
            }
            case Array(var items) -> {
                json.startArray();
                items.forEach(this::write);
                json.endArray();
            }
            case File(String name, var _) -> json.value(new File(name, null));
            case Polygon(var points) -> json.value(new Polygon(Geo.close(points)));
            default -> json.value(value);
        }
    }
}
