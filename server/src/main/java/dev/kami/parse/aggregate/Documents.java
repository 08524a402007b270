package dev.kami.parse.aggregate;

import dev.kami.parse.query.Values;
import dev.kami.parse.value.IsoDate;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.File;
import dev.kami.parse.value.ParseValue.GeoPoint;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Relation;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * Parse objects as the documents that MongoDB would hold, and back. At the top of a document {@code objectId} is
 * {@code _id}, the dates are {@code _created_at} and {@code _updated_at}, a pointer {@code owner} is
 * {@code _p_owner: "Team$id"}, a file is its name, the ACL is {@code _rperm} and {@code _wperm}.
 */
final class Documents {
    private static final Set<String> SECRET = Set.of(
            "_hashed_password", "_password_history", "_session_token", "_email_verify_token", "_perishable_token");

    private Documents() {}

    static Obj of(ParseObject object) {
        var document = new LinkedHashMap<String, ParseValue>();
        object.forEach((name, value) -> {
            switch (value) {
                case Str _ when name.equals("objectId") -> document.put("_id", value);
                case Date _ when name.equals("createdAt") -> document.put("_created_at", value);
                case Date _ when name.equals("updatedAt") -> document.put("_updated_at", value);
                case Obj acl
                when name.equals("ACL") -> {
                    document.put("_rperm", principals(acl, "read"));
                    document.put("_wperm", principals(acl, "write"));
                }
                case Pointer(String className, String objectId) ->
                    document.put("_p_" + name, new Str(className + "$" + objectId));
                case File(String file, var _) -> document.put(name, new Str(file));
                case Relation _ -> {} // the members are in a join class
                default -> {
                    if (!SECRET.contains(name)) {
                        document.put(name, value);
                    }
                }
            }
        });
        return new Obj(document);
    }

    private static Array principals(Obj acl, String right) {
        var names = new ArrayList<ParseValue>();
        acl.fields().forEach((name, rights) -> {
            if (rights instanceof Obj granted && granted.get(right) instanceof Bool(boolean yes) && yes) {
                names.add(new Str(name));
            }
        });
        return new Array(names);
    }

    /** The value of a field under its own name or the other one it has; {@code null} when there is neither. */
    static ParseValue field(Obj document, String name) {
        ParseValue value = document.get(name);
        if (value != null) {
            return value;
        }
        String other = otherName(document, name);
        return other == null ? null : document.get(other);
    }

    /** The name that the document has for a field: {@code _id} for {@code objectId}; {@code name} itself when it has none. */
    static String nameIn(Obj document, String name) {
        if (document.has(name)) {
            return name;
        }
        String other = otherName(document, name);
        return other != null && document.has(other) ? other : name;
    }

    private static String otherName(Obj document, String name) {
        return switch (name) {
            case "objectId" -> "_id";
            case "createdAt" -> "_created_at";
            case "updatedAt" -> "_updated_at";
            case "_id" -> "objectId";
            case "_created_at" -> "createdAt";
            case "_updated_at" -> "updatedAt";
            default -> name.startsWith("_") ? null : "_p_" + name;
        };
    }

    /** The value that an expression {@code $a.b} has: arrays on the way give the list of what their elements give. */
    static ParseValue path(ParseValue value, String[] path, int from) {
        if (from == path.length || value == null) {
            return value;
        }
        if (value instanceof Array(List<ParseValue> items)) {
            var found = new ArrayList<ParseValue>();
            for (ParseValue item : items) {
                ParseValue part = path(item, path, from);
                if (part != null) {
                    found.add(part);
                }
            }
            return new Array(found);
        }
        ParseValue child = value instanceof Obj obj ? field(obj, path[from]) : Values.child(value, path[from]);
        return path(child, path, from + 1);
    }

    /** A copy with the value at a dotted path; arrays on the way get it in each of their objects. */
    static Obj with(Obj document, String[] path, int from, ParseValue value) {
        String name = from == 0 ? nameIn(document, path[0]) : path[from];
        if (from == path.length - 1) {
            return value == null ? document.without(name) : document.with(name, value);
        }
        return document.with(name, deep(document.get(name), path, from + 1, value));
    }

    private static ParseValue deep(ParseValue inner, String[] path, int from, ParseValue value) {
        return switch (inner) {
            case Obj obj -> with(obj, path, from, value);
            case Array(List<ParseValue> items) ->
                new Array(items.stream()
                        .map(item -> deep(item, path, from, value))
                        .toList());
            case null, default -> with(Obj.EMPTY, path, from, value);
        };
    }

    static Obj without(Obj document, String[] path, int from) {
        String name = from == 0 ? nameIn(document, path[0]) : path[from];
        if (from == path.length - 1) {
            return document.has(name) ? document.without(name) : document;
        }
        return switch (document.get(name)) {
            case Obj obj -> document.with(name, without(obj, path, from + 1));
            case Array(List<ParseValue> items) ->
                document.with(
                        name,
                        new Array(items.stream()
                                .map(item -> item instanceof Obj obj ? (ParseValue) without(obj, path, from + 1) : item)
                                .toList()));
            case null, default -> document;
        };
    }

    /**
     * A result as a Parse client expects it: {@code objectId} instead of {@code _id} (null when empty), dates as text,
     * pointers as such, no other hidden keys.
     *
     * @param kinds of the class that was asked: names of its files become files again
     * @param pointerIds {@code _id} holds {@code Class$id}, of which only the id is wanted
     */
    static Obj toResult(Obj document, FieldKinds kinds, boolean pointerIds) {
        var result = new LinkedHashMap<String, ParseValue>();
        document.fields().forEach((name, value) -> {
            switch (name) {
                case "_id" -> result.put("objectId", id(value, pointerIds));
                case "_created_at", "createdAt" -> result.put("createdAt", dateText(value));
                case "_updated_at", "updatedAt" -> result.put("updatedAt", dateText(value));
                default -> {
                    if (name.startsWith("_p_") && value instanceof Str(String text) && text.indexOf('$') > 0) {
                        int split = text.indexOf('$');
                        result.put(name.substring(3), new Pointer(text.substring(0, split), text.substring(split + 1)));
                    } else if (isPublicName(name)) {
                        result.put(
                                name,
                                value instanceof Str(String file) && kinds.isFile(name) ? new File(file, null) : value);
                    }
                }
            }
        });
        return new Obj(result);
    }

    /** With the names of the database but for the id. */
    static Obj withObjectId(Obj document, boolean pointerIds) {
        ParseValue id = document.get("_id");
        return id == null ? document : document.without("_id").with("objectId", id(id, pointerIds));
    }

    private static ParseValue id(ParseValue value, boolean pointerIds) {
        return switch (value) {
            case Str(String text) when text.isEmpty() -> ParseValue.NULL;
            case Str(String text)
            when pointerIds && text.indexOf('$') >= 0 -> new Str(text.substring(text.indexOf('$') + 1));
            case Obj obj when obj.isEmpty() -> ParseValue.NULL;
            case Array(var items) when items.isEmpty() -> ParseValue.NULL;
            default -> value;
        };
    }

    private static ParseValue dateText(ParseValue value) {
        return value instanceof Date(long millis) ? new Str(IsoDate.format(millis)) : value;
    }

    private static boolean isPublicName(String name) {
        return !name.isEmpty()
                && Character.isLetter(name.charAt(0))
                && name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '_'));
    }

    /** Extended JSON to values: {@code {"$date":...}}, {@code {"$oid":...}}, {@code {"$numberLong":...}} and the like. */
    static ParseValue fromExtendedJson(ParseValue value) {
        return switch (value) {
            case Array(List<ParseValue> items) ->
                new Array(items.stream().map(Documents::fromExtendedJson).toList());
            case Obj(var fields)
            when fields.size() == 1 -> {
                var only = fields.firstEntry();
                ParseValue decoded = decoded(only.getKey(), only.getValue());
                yield decoded != null ? decoded : mapped((Obj) value);
            }
            case Obj obj -> mapped(obj);
            default -> value;
        };
    }

    private static Obj mapped(Obj obj) {
        var fields = new LinkedHashMap<String, ParseValue>();
        obj.fields().forEach((name, value) -> fields.put(name, fromExtendedJson(value)));
        return new Obj(fields);
    }

    private static ParseValue decoded(String key, ParseValue value) {
        return switch (key) {
            case "$date" ->
                switch (value) {
                    case Str(String text)
                    when IsoDate.parse(text).isPresent() ->
                        new Date(IsoDate.parse(text).getAsLong());
                    case Num(double millis) -> new Date((long) millis);
                    case Obj obj
                    when decodedNumber(obj.text("$numberLong")) instanceof Num(double millis) ->
                        new Date((long) millis);
                    default -> null;
                };
            case "$oid" -> value instanceof Str ? value : null;
            case "$numberInt", "$numberLong", "$numberDouble", "$numberDecimal" ->
                value instanceof Str(String text) ? decodedNumber(text) : null;
            default -> null;
        };
    }

    private static Num decodedNumber(String text) {
        try {
            return text == null ? null : new Num(Double.parseDouble(text));
        } catch (NumberFormatException notNumber) {
            return null;
        }
    }

    /** Values to Extended JSON in its relaxed form: only dates differ from JSON. */
    static ParseValue toExtendedJson(ParseValue value) {
        return switch (value) {
            case Date(long millis) -> Obj.of("$date", new Str(IsoDate.format(millis)));
            case GeoPoint(double latitude, double longitude) ->
                new Array(List.of(new Num(longitude), new Num(latitude)));
            case Array(List<ParseValue> items) ->
                new Array(items.stream().map(Documents::toExtendedJson).toList());
            case Obj(var fields) -> {
                var mapped = new LinkedHashMap<String, ParseValue>();
                fields.forEach((name, inner) -> mapped.put(name, toExtendedJson(inner)));
                yield new Obj(mapped);
            }
            default -> value;
        };
    }
}
