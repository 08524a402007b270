package dev.kami.parse.auth.provider;

import dev.kami.parse.auth.AuthAdapter;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.Set;

/** The names of the built-in providers. A class is loaded when its provider is opened. */
public final class BuiltInProviders {
    public static final String ANONYMOUS = "anonymous";
    /** Not the name of a provider: any provider with {@code oauth2: true} is one of these. */
    public static final String OAUTH2 = "oauth2";

    private static final Set<String> CODE_FLOW = Set.of(
            "github",
            "gpgames",
            "instagram",
            "line",
            "linkedin",
            "microsoft",
            "qq",
            "spotify",
            "wechat",
            "weibo",
            "twitter",
            "digits");

    public static final Set<String> NAMES = Set.of(
            ANONYMOUS,
            "apple",
            "digits",
            "facebook",
            "gcenter",
            "github",
            "google",
            "gpgames",
            "instagram",
            "janraincapture",
            "janrainengage",
            "keycloak",
            "ldap",
            "line",
            "linkedin",
            "meetup",
            "mfa",
            "microsoft",
            "phantauth",
            "qq",
            "spotify",
            "twitter",
            "vkontakte",
            "wechat",
            "weibo");

    private BuiltInProviders() {}

    /**
     * @param name one of {@link #NAMES}, or {@link #OAUTH2}
     * @throws dev.kami.parse.options.OptionsException when the options do not make an adapter
     */
    public static AuthAdapter open(String name, ProviderSettings settings, ProviderHttp http) {
        return switch (name) {
            case ANONYMOUS -> new Anonymous();
            case OAUTH2 -> new OAuth2(settings, http);
            case "apple" -> new Apple(settings, http);
            case "facebook" -> new Facebook(settings, http);
            case "gcenter" -> new GameCenter(settings, http);
            case "github" -> new GitHub(settings, http);
            case "google" -> new Google(settings, http);
            case "gpgames" -> new PlayGames(settings, http);
            case "instagram" -> new Instagram(settings, http);
            case "janraincapture" -> new JanrainCapture(settings, http);
            case "janrainengage" -> new JanrainEngage(settings, http);
            case "keycloak" -> new Keycloak(settings, http);
            case "ldap" -> new Ldap(settings);
            case "line" -> new Line(settings, http);
            case "linkedin" -> new LinkedIn(settings, http);
            case "meetup" -> new Meetup(settings, http);
            case "mfa" -> new Mfa(settings);
            case "microsoft" -> new Microsoft(settings, http);
            case "phantauth" -> new PhantAuth(settings, http);
            case "qq" -> new Qq(settings, http);
            case "spotify" -> new Spotify(settings, http);
            // Digits was a product of Twitter; its tokens are Twitter's.
            case "twitter", "digits" -> new Twitter(settings, http);
            case "vkontakte" -> new Vkontakte(settings, http);
            case "wechat" -> new WeChat(settings, http);
            case "weibo" -> new Weibo(settings, http);
            default -> throw new IllegalArgumentException("no built-in provider: " + name);
        };
    }

    /** What a client sees of data whose provider was configured once and is not any more: never a token or a secret. */
    public static Obj visibleWithoutOptions(String name, Obj stored, Caller caller) {
        if (CODE_FLOW.contains(name)) {
            return CodeFlow.onlyId(stored);
        }
        return name.equals("mfa") && !caller.auth().isMaster() ? Mfa.DISABLED : stored;
    }
}
