package dev.kami.parse.auth;

import dev.kami.parse.options.OptionsException;
import dev.kami.parse.value.JsNumber;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * The options of one provider, as they stand under {@code auth.<provider>}: plain Java values, or objects where they were
 * given in code. Holds secrets, so it has no text form.
 */
public final class ProviderSettings {
    private final String provider;
    private final Object options;
    private final boolean insecureAdapters;
    private final InstantSource clock;

    /**
     * @param provider the key in {@code authData}
     * @param options a Map, for some providers a List of Maps; {@code null} for a provider without options
     * @param insecureAdapters option {@code enableInsecureAuthAdapters}
     */
    public ProviderSettings(String provider, Object options, boolean insecureAdapters, InstantSource clock) {
        this.provider = provider;
        this.options = options;
        this.insecureAdapters = insecureAdapters;
        this.clock = clock;
    }

    public String provider() {
        return provider;
    }

    public InstantSource clock() {
        return clock;
    }

    /** False for a built-in provider that the options do not mention. */
    public boolean isConfigured() {
        return options != null;
    }

    /** {@code enableInsecureAuth} of this provider: a token of the client is believed without an exchange. */
    public boolean insecureAuth() {
        return flag("enableInsecureAuth");
    }

    /** {@code enableInsecureAuthAdapters} of the server. */
    public boolean insecureAdapters() {
        return insecureAdapters;
    }

    /** The value as it was given, or {@code null}. */
    public Object get(String key) {
        return options instanceof Map<?, ?> map ? map.get(key) : null;
    }

    /** A text, or a number as text; {@code null} when absent, empty or something else. */
    public String text(String key) {
        return text(get(key));
    }

    private static String text(Object value) {
        return switch (value) {
            case String text when !text.isEmpty() -> text;
            case Long number -> number.toString();
            case Double number -> JsNumber.format(number);
            case null, default -> null;
        };
    }

    /** The items of a list of texts or numbers; {@code null} when it is absent or no such list. */
    public List<String> texts(String key) {
        if (!(get(key) instanceof List<?> list)) {
            return null;
        }
        List<String> texts = list.stream().map(ProviderSettings::text).toList();
        return texts.contains(null) ? null : texts;
    }

    /** A list as by {@link #texts}, or one text as a list of one; {@code null} when neither. */
    public List<String> oneOrMore(String key) {
        List<String> list = texts(key);
        String one = text(key);
        return list != null || one == null ? list : List.of(one);
    }

    /**
     * An {@code http:} or {@code https:} address, {@code null} when absent.
     *
     * @throws OptionsException when it is something else
     */
    public String address(String key) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return text;
            }
        } catch (URISyntaxException _) {
            // The same fault as an address of another kind.
        }
        throw new OptionsException("Option auth." + provider + ": " + key + " must be an http or https address.");
    }

    public boolean flag(String key) {
        return Boolean.TRUE.equals(get(key));
    }

    /** @throws OptionsException when it is there and no number */
    public double number(String key, double otherwise) {
        return switch (get(key)) {
            case null -> otherwise;
            case Number number -> number.doubleValue() == 0 ? otherwise : number.doubleValue();
            default -> throw new OptionsException(provider + "." + key + " must be a number");
        };
    }

    /** The options one level down; without any when that is no object. */
    public ProviderSettings inside(String key) {
        return with(get(key) instanceof Map<?, ?> map ? map : null);
    }

    /** The options of each entry when a list was given, otherwise these. */
    public List<ProviderSettings> each() {
        return options instanceof List<?> list ? list.stream().map(this::with).toList() : List.of(this);
    }

    private ProviderSettings with(Object other) {
        return new ProviderSettings(provider, other, insecureAdapters, clock);
    }
}
