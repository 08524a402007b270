package dev.kami.parse.storage.sql;

import dev.kami.parse.value.JsonWriter;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** {@code {"*":{"read":true},...}} and the two arrays it is kept in: readers and writers, both null when public. */
final class Acl {
    private static final Obj READ = Obj.of("read", ParseValue.TRUE);
    private static final Obj WRITE = Obj.of("write", ParseValue.TRUE);
    private static final Obj BOTH = Obj.of("read", ParseValue.TRUE, "write", ParseValue.TRUE);

    private static final byte[] READ_JSON = JsonWriter.toBytes(READ);
    private static final byte[] WRITE_JSON = JsonWriter.toBytes(WRITE);
    private static final byte[] BOTH_JSON = JsonWriter.toBytes(BOTH);
    private static final String[] EVERYBODY = {"*"};

    /** Names of readers and writers up to which each is compared with each. */
    private static final int FEW = 16;

    private Acl() {}

    static String[] readers(Obj acl) {
        return holders(acl, "read");
    }

    static String[] writers(Obj acl) {
        return holders(acl, "write");
    }

    private static String[] holders(Obj acl, String right) {
        var ids = new ArrayList<String>();
        acl.fields().forEach((id, rights) -> {
            if (rights instanceof Obj entry && entry.get(right) instanceof Bool(boolean granted) && granted) {
                ids.add(id);
            }
        });
        return ids.toArray(String[]::new);
    }

    /**
     * The same as JSON, for the many objects that only pass through: a third of the work of {@link #toObj}.
     *
     * @return {@code null} when nothing limits the object
     */
    static byte[] toJson(String[] readers, String[] writers) {
        if (readers == null && writers == null) {
            return null;
        }
        String[] mayRead = readers == null ? EVERYBODY : readers;
        String[] mayWrite = writers == null ? EVERYBODY : writers;
        if (mayRead.length + mayWrite.length > FEW) {
            return JsonWriter.toBytes(toObj(readers, writers));
        }
        var out = new JsonWriter(128);
        out.startObject();
        for (int i = 0; i < mayRead.length; i++) {
            if (!contains(mayRead, i, mayRead[i])) {
                out.name(mayRead[i]).raw(contains(mayWrite, mayWrite.length, mayRead[i]) ? BOTH_JSON : READ_JSON);
            }
        }
        for (int i = 0; i < mayWrite.length; i++) {
            if (!contains(mayWrite, i, mayWrite[i]) && !contains(mayRead, mayRead.length, mayWrite[i])) {
                out.name(mayWrite[i]).raw(WRITE_JSON);
            }
        }
        return out.endObject().toBytes();
    }

    private static boolean contains(String[] ids, int length, String id) {
        for (int i = 0; i < length; i++) {
            if (ids[i].equals(id)) {
                return true;
            }
        }
        return false;
    }

    /** {@code null} when nothing limits the object. One missing array limits nobody, so everybody has that right. */
    static Obj toObj(String[] readers, String[] writers) {
        if (readers == null && writers == null) {
            return null;
        }
        var entries = new LinkedHashMap<String, ParseValue>();
        for (String id : readers == null ? EVERYBODY : readers) {
            entries.put(id, READ);
        }
        for (String id : writers == null ? EVERYBODY : writers) {
            entries.merge(id, WRITE, (read, _) -> BOTH);
        }
        return new Obj(entries);
    }
}
