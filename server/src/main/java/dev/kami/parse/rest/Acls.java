package dev.kami.parse.rest;

import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.LinkedHashMap;

/** ACLs as they are stored: only what is granted, {@code {"id":{"read":true,"write":true}}}. */
final class Acls {
    private Acls() {}

    static Obj normal(Obj acl) {
        var entries = new LinkedHashMap<String, ParseValue>();
        acl.fields().forEach((entity, value) -> {
            if (value instanceof Obj rights) {
                var granted = new LinkedHashMap<String, ParseValue>();
                grant("read", rights, granted);
                grant("write", rights, granted);
                if (!granted.isEmpty()) {
                    entries.put(entity, new Obj(granted));
                }
            }
        });
        return new Obj(entries);
    }

    private static void grant(String right, Obj rights, LinkedHashMap<String, ParseValue> granted) {
        boolean truthy =
                switch (rights.get(right)) {
                    case Bool(boolean yes) -> yes;
                    case Num(double number) -> number != 0;
                    case Str(String text) -> !text.isEmpty();
                    case null, default -> false;
                };
        if (truthy) {
            granted.put(right, ParseValue.TRUE);
        }
    }
}
