package dev.kami.parse.auth;

import dev.kami.parse.auth.AuthAdapter.Policy;
import dev.kami.parse.auth.provider.BuiltInProviders;
import dev.kami.parse.auth.provider.ProviderHttp;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.options.UserOptions;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The log-in providers of one server, from option {@code auth}.
 *
 * <p>Configured providers are opened at start, so wrong options end the start. A built-in provider that the options do not
 * mention is opened when a client first names it: most then answer that they are not configured, and those that cannot
 * exist without options are unsupported. Classes of a provider are loaded by opening it, never before.
 *
 * <p>A provider is named by the client. Names are keys of maps here, so {@code constructor} is an unknown provider like
 * any other.
 */
public final class AuthAdapters implements AutoCloseable {
    /** @param enabled false when the options say {@code enabled: false}: kept only to hide what it has stored */
    private record Opened(AuthAdapter adapter, boolean enabled) {}

    private final Map<String, Opened> configured = new LinkedHashMap<>();
    /** Built-in providers without options, once they were named; empty when they cannot be. */
    private final Map<String, Optional<AuthAdapter>> unconfigured = new ConcurrentHashMap<>();

    private final boolean anonymousUsers;
    private final boolean insecureAdapters;
    private final InstantSource clock;
    private final ProviderHttp http;
    private final Log log;

    private AuthAdapters(
            boolean anonymousUsers, boolean insecureAdapters, InstantSource clock, ProviderHttp http, Log log) {
        this.anonymousUsers = anonymousUsers;
        this.insecureAdapters = insecureAdapters;
        this.clock = clock;
        this.http = http;
        this.log = log;
    }

    /** @throws OptionsException when a provider does not exist or its options are wrong */
    public static AuthAdapters open(Options options, InstantSource clock, Log log) {
        return open(options, clock, new ProviderHttp(log), log);
    }

    /** @param http closed with the result */
    static AuthAdapters open(Options options, InstantSource clock, ProviderHttp http, Log log) {
        Map<String, Object> providers = options.get(UserOptions.AUTH);
        var adapters = new AuthAdapters(
                options.is(UserOptions.ENABLE_ANONYMOUS_USERS),
                options.is(UserOptions.ENABLE_INSECURE_AUTH_ADAPTERS),
                clock,
                http,
                log);
        if (providers != null) {
            try {
                providers.forEach(adapters::configure);
            } catch (RuntimeException e) {
                adapters.close();
                throw e;
            }
        }
        return adapters;
    }

    private void configure(String provider, Object value) {
        if (value == null || value.equals(false)) {
            return;
        }
        boolean enabled = !(value instanceof Map<?, ?> map && Boolean.FALSE.equals(map.get("enabled")));
        configured.put(provider, new Opened(adapter(provider, value), enabled));
    }

    /**
     * The forms of the genuine server: an adapter object, {@code {"module": adapter or name, "options": {...}}} (also
     * {@code class} and {@code adapter}), {@code {"oauth2": true, ...}}, or the options of the provider of that name.
     */
    private AuthAdapter adapter(String provider, Object value) {
        if (value instanceof AuthAdapter adapter) {
            return adapter;
        }
        if (!(value instanceof Map) && !(value instanceof List)) {
            throw new OptionsException("Option auth." + provider + " must be an object.");
        }
        if (value instanceof Map<?, ?> map) {
            for (String key : List.of("module", "class", "adapter")) {
                Object module = map.get(key);
                if (module instanceof AuthAdapter adapter) {
                    return adapter;
                }
                if (module instanceof AuthAdapterFactory factory) {
                    return factory.open(settings(provider, map.get("options")));
                }
                if (module != null) {
                    return service(String.valueOf(module))
                            .orElseThrow(() -> unknown(provider, String.valueOf(module)))
                            .open(settings(provider, map.get("options")));
                }
            }
            if (Boolean.TRUE.equals(map.get("oauth2"))) {
                return BuiltInProviders.open(BuiltInProviders.OAUTH2, settings(provider, value), http);
            }
        }
        if (BuiltInProviders.NAMES.contains(provider)) {
            return BuiltInProviders.open(provider, settings(provider, value), http);
        }
        return service(provider).orElseThrow(() -> unknown(provider, provider)).open(settings(provider, value));
    }

    private ProviderSettings settings(String provider, Object options) {
        return new ProviderSettings(provider, options, insecureAdapters, clock);
    }

    private static Optional<AuthAdapterFactory> service(String name) {
        return ServiceLoader.load(AuthAdapterFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(factory -> factory.name().equals(name))
                .findFirst();
    }

    private static OptionsException unknown(String provider, String name) {
        var known = new TreeSet<>(BuiltInProviders.NAMES);
        ServiceLoader.load(AuthAdapterFactory.class).forEach(factory -> known.add(factory.name()));
        return new OptionsException("Option auth." + provider + ": there is no auth adapter \"" + name
                + "\". Known are " + String.join(", ", known)
                + "; any other provider needs \"oauth2\": true or a \"module\".");
    }

    /** Names for which users may have data: the configured ones that are enabled, and {@code anonymous}. */
    public List<String> names() {
        var names = new ArrayList<String>();
        if (anonymousUsers && !configured.containsKey(BuiltInProviders.ANONYMOUS)) {
            names.add(BuiltInProviders.ANONYMOUS);
        }
        configured.forEach((name, opened) -> {
            if (opened.enabled() && (anonymousUsers || !name.equals(BuiltInProviders.ANONYMOUS))) {
                names.add(name);
            }
        });
        return names;
    }

    /** The adapter, or {@code null} when the provider is unknown, switched off or cannot be without options. */
    private AuthAdapter find(String provider) {
        if (provider.equals(BuiltInProviders.ANONYMOUS) && !anonymousUsers) {
            return null;
        }
        Opened opened = configured.get(provider);
        if (opened != null) {
            return opened.enabled() ? opened.adapter() : null;
        }
        if (!BuiltInProviders.NAMES.contains(provider)) {
            return null;
        }
        return unconfigured.computeIfAbsent(provider, this::openWithoutOptions).orElse(null);
    }

    private Optional<AuthAdapter> openWithoutOptions(String provider) {
        try {
            return Optional.of(BuiltInProviders.open(provider, settings(provider, null), http));
        } catch (OptionsException _) {
            return Optional.empty(); // it says which option is missing, and nobody has asked for the provider
        }
    }

    /**
     * Who the client claims to be. May ask the provider, so a claim is made once per request.
     *
     * @throws ParseException 252 for a provider that is unknown or off, 162 for an id that is no text, or as the provider
     *     refuses
     */
    public Claim identify(String provider, Obj authData) {
        AuthAdapter adapter = find(provider);
        if (adapter == null) {
            throw unsupported();
        }
        Obj identified;
        try {
            identified = adapter.identify(authData);
        } catch (ParseException refusal) {
            throw refusal;
        } catch (RuntimeException defect) {
            throw Claim.failed(provider, defect, log);
        }
        return Claim.of(provider, adapter, identified, log);
    }

    /** 252, for providers that are unknown or off, and for authData that names none. */
    public static ParseException unsupported() {
        return new ParseException(ErrorCode.UNSUPPORTED_SERVICE, "This authentication method is unsupported.");
    }

    /**
     * Whether a client only sends back what it was shown: every key it sends has the stored value. Such data is neither
     * identified nor validated nor stored when a user is changed. Never asked at log-in.
     */
    public static boolean isEcho(Obj authData, Obj stored) {
        return stored != null
                && !authData.isEmpty()
                && authData.fields().entrySet().stream()
                        .allMatch(field -> field.getValue().equals(stored.get(field.getKey())));
    }

    /**
     * A user who has set up a second factor must give one at log-in, unless a {@link Policy#SOLO} provider is given.
     * Providers that are not configured any more, or are off, are not demanded.
     *
     * @param given the authData of the log-in, by provider; empty at a log-in by password
     * @param stored the authData of the user, by provider
     * @throws ParseException -1 {@code Missing additional authData a,b}
     */
    public void requireAdditional(Obj given, Obj stored) {
        var missing = new ArrayList<String>();
        boolean additionalGiven = false;
        for (var entry : stored.fields().entrySet()) {
            String provider = entry.getKey();
            AuthAdapter adapter = entry.getValue() instanceof Obj ? find(provider) : null;
            if (adapter == null) {
                continue;
            }
            boolean isGiven = given.has(provider) && !(given.get(provider) instanceof Null);
            switch (adapter.policy((Obj) entry.getValue())) {
                case DEFAULT -> {}
                case SOLO -> {
                    if (isGiven) {
                        return;
                    }
                }
                case ADDITIONAL -> {
                    additionalGiven |= isGiven;
                    if (!isGiven) {
                        missing.add(provider);
                    }
                }
            }
        }
        if (!additionalGiven && !missing.isEmpty()) {
            throw new ParseException(ErrorCode.OTHER_CAUSE, "Missing additional authData " + String.join(",", missing));
        }
    }

    /**
     * One step before a log-in.
     *
     * @param authData of this provider, or {@code null}
     * @return the answer, {@code null} when the provider is unknown or knows no challenges
     * @throws ParseException as the provider refuses; 141 when it fails in another way
     */
    public ParseValue challenge(String provider, ParseValue challengeData, Obj authData, AuthAttempt attempt) {
        AuthAdapter adapter = find(provider);
        if (adapter == null) {
            return null;
        }
        try {
            return adapter.challenge(challengeData, authData, attempt);
        } catch (ParseException refusal) {
            throw refusal;
        } catch (RuntimeException defect) {
            log.error("Challenge of auth provider " + provider + " failed", defect);
            throw new ParseException(ErrorCode.SCRIPT_FAILED, "Challenge failed. Unknown error.");
        }
    }

    /**
     * What the caller may see of a user's authData. Data of built-in providers stays hidden as they hide it even when they
     * are off or not configured any more.
     */
    public Obj visible(Obj authData, Caller caller) {
        var shown = new LinkedHashMap<String, ParseValue>();
        authData.fields().forEach((provider, stored) -> {
            if (!(stored instanceof Obj data)) {
                shown.put(provider, stored);
                return;
            }
            Opened opened = configured.get(provider);
            shown.put(
                    provider,
                    opened == null
                            ? BuiltInProviders.visibleWithoutOptions(provider, data, caller)
                            : opened.adapter().afterFind(data, caller));
        });
        return new Obj(shown);
    }

    /** Closes the adapters and the connections they used. */
    @Override
    public void close() {
        configured.values().forEach(opened -> opened.adapter().close());
        unconfigured.values().forEach(adapter -> adapter.ifPresent(AuthAdapter::close));
        http.close();
    }
}
