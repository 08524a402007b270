package dev.kami.parse.session;

import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;

/**
 * How a session came about, field {@code createdWith} of {@code _Session}.
 *
 * @param action {@code login}, {@code signup}, {@code create} or {@code upgrade}
 * @param authProvider {@code password}, {@code anonymous}, {@code masterkey}, names of providers joined by comma, or
 *     {@code null}
 */
public record CreatedWith(String action, String authProvider) {
    public static final CreatedWith CREATE = new CreatedWith("create", null);
    public static final CreatedWith UPGRADE = new CreatedWith("upgrade", null);

    public static CreatedWith login(String authProvider) {
        return new CreatedWith("login", authProvider);
    }

    public static CreatedWith signup(String authProvider) {
        return new CreatedWith("signup", authProvider);
    }

    Obj toObj() {
        return authProvider == null
                ? Obj.of("action", ParseValue.of(action))
                : Obj.of("action", ParseValue.of(action), "authProvider", ParseValue.of(authProvider));
    }
}
