package dev.kami.parse.schema;

import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Bytes;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Embedded;
import dev.kami.parse.value.ParseValue.File;
import dev.kami.parse.value.ParseValue.GeoPoint;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Polygon;
import dev.kami.parse.value.ParseValue.Relation;
import dev.kami.parse.value.ParseValue.Str;

/**
 * The type of a field with its options.
 *
 * @param targetClass for POINTER and RELATION, else {@code null}
 * @param defaultValue value of a created object that has none, or {@code null}
 */
public record FieldType(Kind kind, String targetClass, boolean required, ParseValue defaultValue) {

    /** The names are those of the schema API, see {@link #apiName()}. */
    public enum Kind {
        STRING("String"),
        NUMBER("Number"),
        BOOLEAN("Boolean"),
        DATE("Date"),
        OBJECT("Object"),
        ARRAY("Array"),
        GEO_POINT("GeoPoint"),
        POLYGON("Polygon"),
        FILE("File"),
        BYTES("Bytes"),
        POINTER("Pointer"),
        RELATION("Relation"),
        ACL("ACL");

        private final String apiName;

        Kind(String apiName) {
            this.apiName = apiName;
        }

        public String apiName() {
            return apiName;
        }

        /** The kind of that name, or {@code null}. */
        public static Kind ofApiName(String name) {
            for (Kind kind : values()) {
                if (kind.apiName.equals(name)) {
                    return kind;
                }
            }
            return null;
        }
    }

    public static final FieldType STRING = of(Kind.STRING);
    public static final FieldType NUMBER = of(Kind.NUMBER);
    public static final FieldType BOOLEAN = of(Kind.BOOLEAN);
    public static final FieldType DATE = of(Kind.DATE);
    public static final FieldType OBJECT = of(Kind.OBJECT);
    public static final FieldType ARRAY = of(Kind.ARRAY);
    public static final FieldType FILE = of(Kind.FILE);
    public static final FieldType ACL = of(Kind.ACL);

    public static FieldType of(Kind kind) {
        return new FieldType(kind, null, false, null);
    }

    public static FieldType pointer(String targetClass) {
        return new FieldType(Kind.POINTER, targetClass, false, null);
    }

    public static FieldType relation(String targetClass) {
        return new FieldType(Kind.RELATION, targetClass, false, null);
    }

    /** The type that a value of a write has, {@code null} for NULL (which fits every type). */
    public static FieldType ofValue(ParseValue value) {
        return switch (value) {
            case Null() -> null;
            case Str _ -> STRING;
            case Num _ -> NUMBER;
            case Bool _ -> BOOLEAN;
            case Date _ -> DATE;
            case Obj _ -> OBJECT;
            case Array _ -> ARRAY;
            case GeoPoint _ -> of(Kind.GEO_POINT);
            case Polygon _ -> of(Kind.POLYGON);
            case File _ -> FILE;
            case Bytes _ -> of(Kind.BYTES);
            case Pointer(String className, var _) -> pointer(className);
            case Relation(String className) -> relation(className);
            case Embedded(var object) -> pointer(object.className());
        };
    }

    /** Same kind and target; options do not count. */
    public boolean sameType(FieldType other) {
        return kind == other.kind && java.util.Objects.equals(targetClass, other.targetClass);
    }

    /** As error texts write it: {@code Number}, {@code Pointer<_User>}. */
    public String text() {
        return targetClass == null ? kind.apiName : kind.apiName + "<" + targetClass + ">";
    }
}
