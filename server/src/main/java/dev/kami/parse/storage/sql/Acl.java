package dev.kami.parse.storage.sql;

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

    /** {@code null} when nothing limits the object. One missing array limits nobody, so everybody has that right. */
    static Obj toObj(String[] readers, String[] writers) {
        if (readers == null && writers == null) {
            return null;
        }
        var entries = new LinkedHashMap<String, ParseValue>();
        for (String id : readers == null ? new String[] {"*"} : readers) {
            entries.put(id, READ);
        }
        for (String id : writers == null ? new String[] {"*"} : writers) {
            entries.merge(id, WRITE, (read, _) -> BOTH);
        }
        return new Obj(entries);
    }
}
