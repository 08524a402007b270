package dev.kami.parse.op;

import dev.kami.parse.schema.FieldType;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What operations do, told once: memory and every storage adapter answer the same table. {@code '} stands for {@code "}
 * in JSON here.
 */
public final class OperationCases {
    private OperationCases() {}

    /**
     * @param type of the field that {@code path} begins with
     * @param before JSON, {@code null} when the field is absent
     * @param after JSON, {@code null} when the field is absent afterwards
     * @param refused 0, or the number of the error that the operation ends with
     */
    public record Case(
            String sentence, FieldType type, String before, String path, String op, String after, int refused) {
        public ParseValue valueBefore() {
            return value(before);
        }

        public ParseValue valueAfter() {
            return value(after);
        }

        public FieldOp operation() {
            return FieldOp.parse(value(op));
        }

        /** {@code ""} when the operation is on the field itself. */
        public String below() {
            return path.indexOf('.') < 0 ? "" : path.substring(path.indexOf('.') + 1);
        }

        private static ParseValue value(String json) {
            return json == null ? null : JsonReader.read(json.replace('\'', '"'));
        }

        @Override
        public String toString() {
            return sentence;
        }
    }

    private static final FieldType POINTER = FieldType.pointer("Team");

    private static String op(String name, String rest) {
        return "{'__op':'" + name + "'" + (rest.isEmpty() ? "" : ", " + rest) + "}";
    }

    private static Case of(String sentence, FieldType type, String before, String path, String op, String after) {
        return new Case(sentence, type, before, path, op, after, 0);
    }

    private static Case refused(String sentence, FieldType type, String before, String path, String op, int code) {
        return new Case(sentence, type, before, path, op, before, code);
    }

    /** The field is always called {@code f}. */
    public static Stream<Case> all() {
        List<Case> cases = new ArrayList<>();
        set(cases);
        increment(cases);
        arrays(cases);
        dotted(cases);
        return cases.stream();
    }

    private static void set(List<Case> cases) {
        cases.addAll(List.of(
                of("a text is set", FieldType.STRING, null, "f", "'x'", "'x'"),
                of("a text is replaced", FieldType.STRING, "'x'", "f", "'y'", "'y'"),
                of("an empty text is a text", FieldType.STRING, "'x'", "f", "''", "''"),
                of("a number is set", FieldType.NUMBER, null, "f", "1.5", "1.5"),
                of("false is set", FieldType.BOOLEAN, "true", "f", "false", "false"),
                of(
                        "a date is set",
                        FieldType.DATE,
                        null,
                        "f",
                        "{'__type':'Date','iso':'2020-01-01T00:00:00.123Z'}",
                        "{'__type':'Date','iso':'2020-01-01T00:00:00.123Z'}"),
                of(
                        "a pointer is set",
                        POINTER,
                        null,
                        "f",
                        "{'__type':'Pointer','className':'Team','objectId':'t1'}",
                        "{'__type':'Pointer','className':'Team','objectId':'t1'}"),
                of("an object is replaced as a whole", FieldType.OBJECT, "{'a':1}", "f", "{'b':2}", "{'b':2}"),
                of("an array is replaced as a whole", FieldType.ARRAY, "[1]", "f", "[2,[3]]", "[2,[3]]"),
                of("an empty object is an object", FieldType.OBJECT, null, "f", "{}", "{}"),
                of("a field is deleted", FieldType.STRING, "'x'", "f", op("Delete", ""), null),
                of("an absent field is deleted", FieldType.STRING, null, "f", op("Delete", ""), null),
                of("an array is deleted", FieldType.ARRAY, "[1]", "f", op("Delete", ""), null)));
    }

    private static void increment(List<Case> cases) {
        cases.addAll(List.of(
                of("a number grows", FieldType.NUMBER, "2", "f", op("Increment", "'amount':3"), "5"),
                of("a number shrinks", FieldType.NUMBER, "2", "f", op("Increment", "'amount':-3"), "-1"),
                of(
                        "fractions add",
                        FieldType.NUMBER,
                        "0.1",
                        "f",
                        op("Increment", "'amount':0.2"),
                        "0.30000000000000004"),
                of("an absent number counts as zero", FieldType.NUMBER, null, "f", op("Increment", "'amount':3"), "3"),
                refused("a text does not grow", FieldType.STRING, "'x'", "f", op("Increment", "'amount':1"), 111),
                refused("an array does not grow", FieldType.ARRAY, "[1]", "f", op("Increment", "'amount':1"), 111)));
    }

    private static void arrays(List<Case> cases) {
        String pointer = "{'__type':'Pointer','className':'Team','objectId':'t1'}";
        cases.addAll(List.of(
                of("Add appends", FieldType.ARRAY, "[1]", "f", op("Add", "'objects':[2,1]"), "[1,2,1]"),
                of("Add makes an absent array", FieldType.ARRAY, null, "f", op("Add", "'objects':[1]"), "[1]"),
                of("Add of nothing makes an empty array", FieldType.ARRAY, null, "f", op("Add", "'objects':[]"), "[]"),
                of(
                        "Add keeps what was there twice",
                        FieldType.ARRAY,
                        "[1,1]",
                        "f",
                        op("Add", "'objects':[2]"),
                        "[1,1,2]"),
                refused("Add to a text is refused", FieldType.STRING, "'x'", "f", op("Add", "'objects':[1]"), 111),
                of(
                        "AddUnique adds what is missing",
                        FieldType.ARRAY,
                        "[1,2]",
                        "f",
                        op("AddUnique", "'objects':[2,3]"),
                        "[1,2,3]"),
                of(
                        "AddUnique adds one of two equal ones",
                        FieldType.ARRAY,
                        "[]",
                        "f",
                        op("AddUnique", "'objects':[{'a':1},{'a':1}]"),
                        "[{'a':1}]"),
                of(
                        "AddUnique knows pointers",
                        FieldType.ARRAY,
                        "[" + pointer + "]",
                        "f",
                        op("AddUnique", "'objects':[" + pointer + "]"),
                        "[" + pointer + "]"),
                of(
                        "AddUnique leaves doubles that were there",
                        FieldType.ARRAY,
                        "[1,1]",
                        "f",
                        op("AddUnique", "'objects':[1]"),
                        "[1,1]"),
                of(
                        "Remove takes all equal ones",
                        FieldType.ARRAY,
                        "[1,2,1]",
                        "f",
                        op("Remove", "'objects':[1]"),
                        "[2]"),
                of("Remove of what is not there", FieldType.ARRAY, "[1]", "f", op("Remove", "'objects':[2]"), "[1]"),
                of(
                        "Remove takes whole objects",
                        FieldType.ARRAY,
                        "[{'a':1,'b':2},{'a':1}]",
                        "f",
                        op("Remove", "'objects':[{'a':1}]"),
                        "[{'a':1,'b':2}]"),
                of("Remove from an absent array", FieldType.ARRAY, null, "f", op("Remove", "'objects':[1]"), "[]"),
                refused(
                        "Remove from an object is refused",
                        FieldType.OBJECT,
                        "{}",
                        "f",
                        op("Remove", "'objects':[1]"),
                        111)));
    }

    private static void dotted(List<Case> cases) {
        cases.addAll(List.of(
                of("a member is set", FieldType.OBJECT, "{'a':1}", "f.b", "2", "{'a':1,'b':2}"),
                of("a member is replaced", FieldType.OBJECT, "{'a':1}", "f.a", "'x'", "{'a':'x'}"),
                of("objects on the way are made", FieldType.OBJECT, null, "f.a.b.c", "1", "{'a':{'b':{'c':1}}}"),
                of("null on the way becomes an object", FieldType.OBJECT, "{'a':null}", "f.a.b", "1", "{'a':{'b':1}}"),
                of("a member becomes null", FieldType.OBJECT, "{'a':1}", "f.a", "null", "{'a':null}"),
                of("a member is deleted", FieldType.OBJECT, "{'a':1,'b':2}", "f.a", op("Delete", ""), "{'b':2}"),
                of(
                        "a deep member is deleted",
                        FieldType.OBJECT,
                        "{'a':{'b':1}}",
                        "f.a.b",
                        op("Delete", ""),
                        "{'a':{}}"),
                of("a missing member is deleted", FieldType.OBJECT, "{'a':1}", "f.x.y", op("Delete", ""), "{'a':1}"),
                of(
                        "a member below a text is deleted",
                        FieldType.OBJECT,
                        "{'a':'x'}",
                        "f.a.b",
                        op("Delete", ""),
                        "{'a':'x'}"),
                of("a member grows", FieldType.OBJECT, "{'a':1}", "f.a", op("Increment", "'amount':2"), "{'a':3}"),
                of("a missing member grows", FieldType.OBJECT, null, "f.a", op("Increment", "'amount':2"), "{'a':2}"),
                of(
                        "a member array grows",
                        FieldType.OBJECT,
                        "{'a':[1]}",
                        "f.a",
                        op("Add", "'objects':[2]"),
                        "{'a':[1,2]}"),
                of(
                        "a member array gets what it lacks",
                        FieldType.OBJECT,
                        "{'a':[1]}",
                        "f.a",
                        op("AddUnique", "'objects':[1,2]"),
                        "{'a':[1,2]}"),
                of(
                        "a member array shrinks",
                        FieldType.OBJECT,
                        "{'a':[1,2]}",
                        "f.a",
                        op("Remove", "'objects':[1]"),
                        "{'a':[2]}"),
                of("an element is set", FieldType.ARRAY, "[1,2]", "f.0", "9", "[9,2]"),
                of("an element behind the end is set", FieldType.ARRAY, "[1]", "f.2", "3", "[1,null,3]"),
                of("a member of an element is set", FieldType.ARRAY, "[{'k':1}]", "f.0.k", "2", "[{'k':2}]"),
                of(
                        "a member of an element grows",
                        FieldType.ARRAY,
                        "[{'k':1}]",
                        "f.0.k",
                        op("Increment", "'amount':1"),
                        "[{'k':2}]"),
                of("a deleted element leaves null", FieldType.ARRAY, "[1,2]", "f.0", op("Delete", ""), "[null,2]"),
                refused("a member below a number is refused", FieldType.OBJECT, "{'a':1}", "f.a.b", "2", 111),
                refused("a name is no element", FieldType.ARRAY, "[1]", "f.name", "2", 111),
                refused("an element far away is refused", FieldType.ARRAY, "[1]", "f.99999999", "2", 111),
                refused(
                        "a member text does not grow",
                        FieldType.OBJECT,
                        "{'a':'x'}",
                        "f.a",
                        op("Increment", "'amount':1"),
                        111)));
    }
}
