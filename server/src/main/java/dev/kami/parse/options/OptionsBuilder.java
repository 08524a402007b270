package dev.kami.parse.options;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Collects values from several sources and makes checked {@link Options} of them. A stronger source
 * wins whatever the order of the calls; a later call of the same source wins.
 */
public final class OptionsBuilder {
    private record Given(Object value, Source source) {}

    private final Map<String, Given> given = new LinkedHashMap<>();
    private final Map<String, Object> nestedEnvironment = new TreeMap<>();
    private final TreeSet<String> unknown = new TreeSet<>();
    private boolean keysNeeded = true;

    OptionsBuilder() {}

    /**
     * Sets one option by its name; {@code pages.pagesPath} sets a key inside the object of its parent.
     * An unknown name becomes a notice of the built options, as in the npm server.
     *
     * @param value plain Java: Boolean, Number, String, List, Map; a function or an adapter object
     *     where the option allows one
     */
    public OptionsBuilder set(String path, Object value) {
        if (Catalogue.find(path).isEmpty()) {
            unknown.add(path);
            return this;
        }
        return setKnown(path, value);
    }

    public <T> OptionsBuilder set(Option<T> option, T value) {
        if (option.isPattern()) {
            throw new IllegalArgumentException(option + " describes the entries of a list and has no single value");
        }
        return setKnown(option.path(), value);
    }

    private OptionsBuilder setKnown(String path, Object value) {
        String[] keys = path.split("\\.");
        if (keys.length == 1) {
            put(path, value, Source.CODE);
            return this;
        }
        Given before = given.get(keys[0]);
        put(keys[0], with(before == null ? null : before.value, keys, 1, value), Source.CODE);
        return this;
    }

    private static Map<String, Object> with(Object object, String[] keys, int depth, Object value) {
        var copy = new LinkedHashMap<String, Object>();
        if (object instanceof Map<?, ?> map) {
            map.forEach((key, item) -> copy.put(String.valueOf(key), item));
        }
        copy.put(keys[depth], depth == keys.length - 1 ? value : with(copy.get(keys[depth]), keys, depth + 1, value));
        return copy;
    }

    /** A value of a top-level option that has been read by its parser, or comes from code. */
    void put(String path, Object value, Source source) {
        Given before = given.get(path);
        if (before == null || source.compareTo(before.source) <= 0) {
            given.put(path, new Given(OptionJson.freeze(value), source));
        }
    }

    /** Text or JSON value of a known top-level option, read by the option's parser. */
    void parse(Option<?> option, Object raw, Source source) {
        put(option.path(), option.kind().parse(option.path(), raw), source);
    }

    /**
     * Reads the variables that options name; empty text counts as unset. Those of nested options fill
     * what the JSON of the parent leaves open (the npm server publishes their names and ignores them).
     */
    public OptionsBuilder environment(Map<String, String> variables) {
        for (Option<?> option : Catalogue.all()) {
            String text = option.env() == null ? null : variables.get(option.env());
            if (text == null || text.isEmpty() || option.isPattern()) {
                continue;
            }
            if (!option.isNested()) {
                parse(option, text, Source.ENVIRONMENT);
            } else if (!option.path().startsWith("liveQueryServerOptions.")) {
                // Those names belong to the stand-alone LiveQuery server.
                nestedEnvironment.put(
                        option.path(), OptionJson.freeze(option.kind().parse(option.path(), text)));
            }
        }
        return this;
    }

    /** Whether a source gave the option a value that is not empty. */
    boolean has(Option<?> option) {
        Given value = given.get(option.path());
        return value != null && value.value != null && !value.value.equals("");
    }

    /** For commands that open the store and serve nobody: appId and masterKey may be missing. */
    OptionsBuilder withoutKeys() {
        keysNeeded = false;
        return this;
    }

    /** @throws OptionsException when the options do not make a server */
    public Options build() {
        var plain = new LinkedHashMap<String, Object>();
        var sources = new LinkedHashMap<String, Source>();
        for (Option<?> option : Catalogue.topLevel()) {
            Given value = given.get(option.path());
            boolean absent = value == null || value.value == null && option.kind() != OptionKind.NULLABLE_STRING;
            plain.put(option.path(), absent ? option.plainDefault() : value.value);
            if (!absent) {
                sources.put(option.path(), value.source);
            }
        }
        fillFromNestedEnvironment(plain, sources);
        var notices = new ArrayList<Notice>();
        Checks.check(plain, sources.keySet(), keysNeeded);
        Derived.apply(plain, sources, notices);
        var typed = new IdentityHashMap<Option<?>, Object>();
        for (Option<?> option : Catalogue.all()) {
            if (!option.isPattern()) {
                typed.put(option, typed(option, plain));
            }
        }
        var options = new Options(plain, sources, typed, List.of());
        notices.addAll(Notices.of(options, plain, sources, unknown));
        return new Options(plain, sources, typed, notices);
    }

    private void fillFromNestedEnvironment(Map<String, Object> plain, Map<String, Source> sources) {
        nestedEnvironment.forEach((path, value) -> {
            String[] keys = path.split("\\.");
            Object parent = plain.get(keys[0]);
            if (parent != null && !(parent instanceof Map) || Plain.at(parent, keys, 1) != null) {
                return;
            }
            plain.put(keys[0], OptionJson.freeze(with(parent, keys, 1, value)));
            sources.putIfAbsent(keys[0], Source.ENVIRONMENT);
        });
    }

    private static <T> T typed(Option<T> option, Map<String, Object> plain) {
        Object value = option.in(plain);
        if (value == null) {
            // A top-level default is in the map already; an explicit null (logsFolder) stays null.
            value = option.isNested() ? option.plainDefault() : null;
        }
        if (value == null) {
            return null;
        }
        T result = option.type().convert(value);
        if (result == null && option.isNested()) {
            result = option.type().convert(OptionJson.freeze(option.kind().parse(option.path(), value)));
        }
        if (result == null) {
            String got = option.isSecret() ? "" : ", got " + OptionJson.text(value);
            throw new OptionsException(
                    "Option " + option + " must be " + option.type().article() + got + ".");
        }
        return result;
    }
}
