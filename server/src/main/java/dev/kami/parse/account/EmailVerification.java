package dev.kami.parse.account;

import dev.kami.parse.options.EmailOptions;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.Toggle;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;

/** Whether an e-mail address must be confirmed before its owner may come in. */
public final class EmailVerification {
    private final Toggle verify;
    private final Toggle preventLogin;
    private final boolean preventSignup;

    public EmailVerification(Options options) {
        this.verify = options.get(EmailOptions.VERIFY_USER_EMAILS);
        this.preventLogin = options.get(EmailOptions.PREVENT_LOGIN_WITH_UNVERIFIED_EMAIL);
        this.preventSignup = options.is(EmailOptions.PREVENT_SIGNUP_WITH_UNVERIFIED_EMAIL);
    }

    /**
     * Whether this user must confirm the address first.
     *
     * @param user as stored, or as being created
     */
    public boolean keepsOut(ParseObject user) {
        return !ParseValue.TRUE.equals(user.get("emailVerified")) && needsConfirmation(user);
    }

    /** Whether a new user gets no session until the address is confirmed. */
    public boolean needsConfirmation(ParseObject user) {
        return is(verify, user) && is(preventLogin, user);
    }

    /** Whether a sign-up that ends without a session is answered as an error. */
    public boolean refusesSignUp() {
        return preventSignup;
    }

    private static boolean is(Toggle toggle, ParseObject user) {
        return switch (toggle) {
            case Toggle.Fixed(boolean on) -> on;
            case Toggle.Decided(var function) -> function.test(user);
        };
    }
}
