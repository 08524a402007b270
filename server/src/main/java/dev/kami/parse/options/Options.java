package dev.kami.parse.options;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The options of one server: checked, complete with defaults, never changed.
 *
 * <pre>{@code
 * var options = Options.builder().set("appId", "A").set("masterKey", "M").set(CoreOptions.PORT, 0).build();
 * int port = options.get(CoreOptions.PORT);
 * }</pre>
 *
 * Ask at wiring, not per request: {@code get} is a map look-up.
 */
public final class Options {
    private final Map<String, Object> plain;
    private final Map<String, Source> sources;
    private final Map<Option<?>, Object> typed;
    private final List<Notice> notices;

    Options(
            Map<String, Object> plain,
            Map<String, Source> sources,
            Map<Option<?>, Object> typed,
            List<Notice> notices) {
        this.plain = Collections.unmodifiableMap(new LinkedHashMap<>(plain));
        this.sources = Map.copyOf(sources);
        this.typed = new IdentityHashMap<>(typed);
        this.notices = List.copyOf(notices);
    }

    public static OptionsBuilder builder() {
        return new OptionsBuilder();
    }

    /** The value or its default; null when there is neither. */
    @SuppressWarnings("unchecked") // the builder put a value of the option's own type
    public <T> T get(Option<T> option) {
        if (option.isPattern()) {
            throw new IllegalArgumentException(option + " describes the entries of a list and has no single value");
        }
        return (T) typed.get(option);
    }

    /** The value or its default, if there is one. */
    public <T> Optional<T> find(Option<T> option) {
        return Optional.ofNullable(get(option));
    }

    /** Whether a boolean option is true; unset is false. */
    public boolean is(Option<Boolean> option) {
        return Boolean.TRUE.equals(get(option));
    }

    /** Where the value came from; a key inside another option has the source of that option. */
    public Source source(Option<?> option) {
        return isSet(option) ? sources.get(option.root()) : Source.DEFAULT;
    }

    /** Whether somebody gave a value, be it equal to the default. */
    public boolean isSet(Option<?> option) {
        return sources.containsKey(option.root()) && (!option.isNested() || option.in(plain) != null);
    }

    /** {@code /parse}; starts with a slash and does not end with one, empty for the root. */
    public String mountPath() {
        return mountPath(get(CoreOptions.MOUNT_PATH));
    }

    static String mountPath(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        String path = text.substring(0, end);
        return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
    }

    /**
     * The URL under which the server reaches itself.
     *
     * @param port the port it listens on, which is not the option when that is 0
     */
    public String serverUrl(int port) {
        return sources.containsKey("serverURL")
                ? get(CoreOptions.SERVER_URL)
                : "http://localhost:" + port + mountPath();
    }

    /** What to log at start: deprecated options, options without effect yet, unknown keys given in code. */
    public List<Notice> notices() {
        return notices;
    }

    /** All top-level options that have a value, with secrets replaced by {@code <REDACTED>}. */
    public SequencedMap<String, String> masked() {
        var listing = new LinkedHashMap<String, String>();
        for (Option<?> option : Catalogue.topLevel()) {
            Object value = option == CoreOptions.SERVER_URL ? get(option) : plain.get(option.path());
            if (value != null) {
                listing.put(option.path(), OptionJson.text(Secrets.mask(option, value)));
            }
        }
        return listing;
    }

    /** A builder that holds the values of these options; for a server that differs in a few. */
    public OptionsBuilder toBuilder() {
        var builder = new OptionsBuilder();
        sources.forEach((path, source) -> builder.put(path, plain.get(path), source));
        return builder;
    }

    /** For log lines: never shows a secret. */
    @Override
    public String toString() {
        return "Options" + masked();
    }
}
