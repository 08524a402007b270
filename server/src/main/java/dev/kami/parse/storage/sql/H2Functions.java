package dev.kami.parse.storage.sql;

import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Str;

/**
 * The Java functions that statements on H2 call; public because H2 asks for it. H2 runs in this process and calls them on
 * the thread that executes the statement, so the {@link RowFunction}s of the statement are at hand as a scoped value and a
 * statement only names their position: nothing is written as text and parsed again for every row.
 */
public final class H2Functions {
    static final ScopedValue<RowFunction[]> OF_STATEMENT = ScopedValue.newInstance();

    private H2Functions() {}

    public static Boolean testText(String text, int function) {
        return (Boolean) ofText(text, function);
    }

    public static Boolean testJson(byte[] json, int function) {
        return (Boolean) ofJson(json, function);
    }

    public static Boolean testShape(byte[] shape, int function) {
        return (Boolean) ofShape(shape, function);
    }

    public static Double numberText(String text, int function) {
        return (Double) ofText(text, function);
    }

    public static Double numberJson(byte[] json, int function) {
        return (Double) ofJson(json, function);
    }

    public static Double numberShape(byte[] shape, int function) {
        return (Double) ofShape(shape, function);
    }

    public static byte[] keyJson(byte[] json, int function) {
        return (byte[]) ofJson(json, function);
    }

    public static byte[] keyShape(byte[] shape, int function) {
        return (byte[]) ofShape(shape, function);
    }

    private static Object ofText(String text, int function) {
        return apply(text == null ? null : new Str(text), function);
    }

    private static Object ofJson(byte[] json, int function) {
        return apply(json == null ? null : JsonReader.read(json), function);
    }

    private static Object ofShape(byte[] shape, int function) {
        return apply(shape == null ? null : Shapes.decode(shape), function);
    }

    private static Object apply(ParseValue field, int function) {
        return OF_STATEMENT.get()[function].apply(field);
    }
}
