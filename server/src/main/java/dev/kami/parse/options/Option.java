package dev.kami.parse.options;

import java.util.Map;

/**
 * One option as users know it. Instances are made only by {@link Topic}; compare them by identity.
 *
 * <p>A path with a dot is a key inside the JSON of its parent ({@code pages.enableRouter}). A path
 * with {@code []} or {@code <...>} describes the entries of a list or map; it documents and checks
 * them and has no value of its own.
 *
 * @param <T> Java type of the value
 */
public final class Option<T> {
    private final Draft<T> is;
    private final String[] keys;

    Option(Draft<T> draft) {
        this.is = draft;
        this.keys = draft.path.split("\\.");
    }

    /** What {@link Topic} collects before the option exists; never changed afterwards. */
    static final class Draft<T> {
        private final Topic topic;
        private final String path;
        private final OptionKind kind;
        private final ValueType<T> type;
        private String env;
        private Object defaultValue;
        private String help = "";
        private String since = "<=4.10";
        private String removed;
        private String deprecated;
        private String announcedDefault;
        private Availability availability = Availability.NOW;
        private boolean required;
        private boolean secret;
        private boolean live;
        private boolean ours;

        Draft(Topic topic, String path, OptionKind kind, ValueType<T> type) {
            this.topic = topic;
            this.path = path;
            this.kind = kind;
            this.type = type;
        }

        Draft<T> env(String name) {
            env = name;
            return this;
        }

        /** @param value plain value, as the configuration file would hold it */
        Draft<T> standard(Object value) {
            defaultValue = OptionJson.freeze(value);
            return this;
        }

        Draft<T> help(String text) {
            help = text;
            return this;
        }

        Draft<T> since(String version) {
            since = version;
            return this;
        }

        Draft<T> removed(String version) {
            removed = version;
            return this;
        }

        Draft<T> deprecated(String version) {
            deprecated = version;
            return this;
        }

        Draft<T> announcedDefault(String value) {
            announcedDefault = value;
            return this;
        }

        Draft<T> later() {
            availability = Availability.LATER;
            return this;
        }

        Draft<T> never() {
            availability = Availability.NEVER;
            return this;
        }

        Draft<T> required() {
            required = true;
            return this;
        }

        Draft<T> secret() {
            secret = true;
            return this;
        }

        /** A change is taken over by a running server. */
        Draft<T> live() {
            live = true;
            return this;
        }

        /** The npm server has no such option. */
        Draft<T> ours() {
            ours = true;
            since = "0.1";
            return this;
        }

        /** Ends the definition. */
        Option<T> add() {
            return topic.add(new Option<>(this));
        }
    }

    public String path() {
        return is.path;
    }

    /** {@code --name}, or null for a key inside another option. */
    public String flag() {
        return isNested() ? null : "--" + is.path;
    }

    /** Name of the environment variable, or null. */
    public String env() {
        return is.env;
    }

    public OptionKind kind() {
        return is.kind;
    }

    ValueType<T> type() {
        return is.type;
    }

    /** Default as a plain value (Map, List, String, Boolean, Long, Double), or null. */
    public Object plainDefault() {
        return is.defaultValue;
    }

    public String help() {
        return is.help;
    }

    /** Title of the topic, for help page and settings screen. */
    public String topic() {
        return is.topic.title();
    }

    /** Version of the npm server that brought it; {@code <=4.10} for the old ones. */
    public String since() {
        return is.since;
    }

    /** Version of the npm server that removed it, or null. */
    public String removed() {
        return is.removed;
    }

    /** Version of the npm server since which it is deprecated, or null. */
    public String deprecated() {
        return is.deprecated;
    }

    /** Default the npm server announced for a later version, or null. */
    public String announcedDefault() {
        return is.announcedDefault;
    }

    public Availability availability() {
        return is.availability;
    }

    /** Whether the npm server documents it as required. */
    public boolean isRequired() {
        return is.required;
    }

    /** Whether its value must never be shown. */
    public boolean isSecret() {
        return is.secret;
    }

    /** Whether a change needs a new start. */
    public boolean needsRestart() {
        return !is.live;
    }

    /** Whether it exists only here and not in the npm server. */
    public boolean isOurs() {
        return is.ours;
    }

    /** A key inside the JSON value of another option. */
    public boolean isNested() {
        return is.path.indexOf('.') >= 0 || is.path.indexOf('[') >= 0;
    }

    /** Describes every entry of a list or map, so it has no single value. */
    public boolean isPattern() {
        return is.path.indexOf('[') >= 0 || is.path.indexOf('<') >= 0;
    }

    /** Name of the top-level option this one is or lies in. */
    String root() {
        return keys[0];
    }

    /** The plain value of this option in a map of top-level options, or null. */
    Object in(Map<String, Object> plain) {
        return Plain.at(plain, keys, 0);
    }

    @Override
    public String toString() {
        return is.path;
    }
}
