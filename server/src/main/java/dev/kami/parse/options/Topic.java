package dev.kami.parse.options;

import dev.kami.parse.options.Option.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Collects the definitions of one subject in the order in which they are written. Each class of
 * definitions owns one and closes it with {@link #list()} as its last constant.
 */
final class Topic {
    private final String title;
    private final List<Option<?>> options = new ArrayList<>();

    Topic(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    Draft<String> text(String path) {
        return new Draft<>(this, path, OptionKind.STRING, ValueType.TEXT);
    }

    Draft<String> nullableText(String path) {
        return new Draft<>(this, path, OptionKind.NULLABLE_STRING, ValueType.TEXT);
    }

    Draft<Boolean> bool(String path) {
        return new Draft<>(this, path, OptionKind.BOOLEAN, ValueType.BOOLEAN);
    }

    Draft<Integer> integer(String path) {
        return new Draft<>(this, path, OptionKind.INTEGER, ValueType.INTEGER);
    }

    /** A whole number that may pass 2^31, such as milliseconds. */
    Draft<Long> longer(String path) {
        return new Draft<>(this, path, OptionKind.INTEGER, ValueType.LONG);
    }

    /** A nested number, which may have a fraction. */
    Draft<Double> number(String path) {
        return new Draft<>(this, path, OptionKind.INTEGER, ValueType.NUMBER);
    }

    Draft<List<String>> texts(String path) {
        return new Draft<>(this, path, OptionKind.LIST, ValueType.TEXTS);
    }

    Draft<List<Object>> list(String path) {
        return new Draft<>(this, path, OptionKind.LIST, ValueType.LIST);
    }

    Draft<Map<String, Object>> object(String path) {
        return new Draft<>(this, path, OptionKind.OBJECT, ValueType.OBJECT);
    }

    /** Any JSON value, read with the parser for objects. */
    Draft<Object> json(String path) {
        return new Draft<>(this, path, OptionKind.OBJECT, ValueType.ANY);
    }

    /** A list that the npm server reads with its parser for objects. */
    Draft<List<Object>> jsonList(String path) {
        return new Draft<>(this, path, OptionKind.OBJECT, ValueType.LIST);
    }

    Draft<Object> adapter(String path) {
        return new Draft<>(this, path, OptionKind.ADAPTER, ValueType.ANY);
    }

    Draft<Toggle> toggle(String path) {
        return new Draft<>(this, path, OptionKind.BOOLEAN_OR_FUNCTION, ValueType.TOGGLE);
    }

    Draft<Object> integerOrBool(String path) {
        return new Draft<>(this, path, OptionKind.INTEGER_OR_BOOLEAN, ValueType.ANY);
    }

    Draft<String> integerOrText(String path) {
        return new Draft<>(this, path, OptionKind.INTEGER_OR_STRING, ValueType.TEXT);
    }

    Draft<Object> function(String path) {
        return new Draft<>(this, path, OptionKind.FUNCTION, ValueType.ANY);
    }

    <T> Option<T> add(Option<T> option) {
        options.add(option);
        return option;
    }

    List<Option<?>> list() {
        return List.copyOf(options);
    }
}
