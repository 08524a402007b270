package dev.kami.parse.value;

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
import java.util.stream.Collectors;

/** Values inside sentences and conditions, as JavaScript's {@code String(value)} and {@code if (value)} take them. */
public final class JsText {
    private JsText() {}

    /** @param value {@code null} is {@code undefined} */
    public static String of(ParseValue value) {
        return switch (value) {
            case null -> "undefined";
            case Null() -> "null";
            case Bool(boolean yes) -> Boolean.toString(yes);
            case Num(double number) -> JsNumber.format(number);
            case Str(String text) -> text;
            case Array(var items) ->
                items.stream().map(item -> item instanceof Null ? "" : of(item)).collect(Collectors.joining(","));
            case Obj _, Date _, Bytes _, GeoPoint _, Polygon _, File _, Pointer _, Relation _, Embedded _ ->
                "[object Object]";
        };
    }

    /** False for what is missing, null, false, 0 and empty text. */
    public static boolean isTruthy(ParseValue value) {
        return switch (value) {
            case null -> false;
            case Null() -> false;
            case Bool(boolean yes) -> yes;
            case Num(double number) -> number != 0;
            case Str(String text) -> !text.isEmpty();
            case Array _, Obj _, Date _, Bytes _, GeoPoint _, Polygon _, File _, Pointer _, Relation _, Embedded _ ->
                true;
        };
    }
}
