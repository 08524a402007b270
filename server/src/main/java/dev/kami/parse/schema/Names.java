package dev.kami.parse.schema;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import java.util.regex.Pattern;

/**
 * Which texts may name a class or a field. Names are also bounded in length, so that every store can have tables and
 * columns of these names: {@code _SCHEMA} holds class names of 120 characters, and a join class of the longest names fits
 * into the 256 characters of an identifier of H2.
 */
public final class Names {
    static final int MAX_CLASS = 120;
    static final int MAX_FIELD = 128;

    /** {@code _Join:<relation field>:<owning class>}. */
    private static final Pattern JOIN = Pattern.compile("_Join:[A-Za-z0-9_]+:[A-Za-z0-9_]+");

    private Names() {}

    /** A system class that has a schema of its own, a join class, or a word. */
    public static boolean isClass(String className) {
        return SystemClasses.isSystem(className)
                || className.length() <= MAX_CLASS && isField(className, className)
                || className.startsWith("_Join:") && JOIN.matcher(className).matches();
    }

    /** @throws ParseException 103 unless {@link #isClass} */
    public static void requireClass(String className) {
        if (!isClass(className)) {
            throw new ParseException(
                    ErrorCode.INVALID_CLASS_NAME,
                    "Invalid classname: " + className
                            + ", classnames can only have alphanumeric characters and _, and must start with an alpha"
                            + " character ");
        }
    }

    /** A word that is not {@code length}, and {@code className} only in {@code _Hooks}. */
    public static boolean isField(String field, String className) {
        return field.length() <= MAX_FIELD
                && isWord(field)
                && !field.equals("length")
                && (!field.equals("className") || className.equals("_Hooks"));
    }

    /** A letter, then letters, digits and underscores. By hand, because every write asks for every field. */
    private static boolean isWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!letter && (i == 0 || (c < '0' || c > '9') && c != '_')) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** The class that holds the members of a relation. */
    public static String joinClass(String relation, String owningClass) {
        return "_Join:" + relation + ":" + owningClass;
    }

    /** The field at the start of a dotted path. */
    public static String root(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    /** True for the fields that every object of the class has from the start; they cannot be added or deleted. */
    public static boolean isDefaultField(String field, String className) {
        return isCommonField(field) || SystemClasses.columns(className).containsKey(field);
    }

    /** {@code objectId}, {@code createdAt}, {@code updatedAt} or {@code ACL}. */
    public static boolean isCommonField(String field) {
        return switch (field) {
            case "objectId", "createdAt", "updatedAt", "ACL" -> true;
            default -> false;
        };
    }
}
