package dev.kami.parse.account;

import dev.kami.parse.email.UserMails;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.options.EmailOptions;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.Toggle;
import dev.kami.parse.value.ObjectIds;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Str;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * Whether an e-mail address must be confirmed, and whether its owner may come in before that.
 *
 * <pre>
 *   new address    _email_verify_token, _email_verify_token_expires_at (if tokens end), emailVerified: false; a mail
 *   link opened    emailVerified: true, no token
 *   mail again     a new token, or the old one if it is still good and the option emailVerifyTokenReuseIfValid says so
 * </pre>
 */
public final class EmailVerification {
    public static final String TOKEN = "_email_verify_token";
    public static final String TOKEN_END = "_email_verify_token_expires_at";
    private static final int TOKEN_LENGTH = 25;

    /** What the function of option {@code sendUserEmailVerification} is asked with. */
    public record SendRequest(ParseObject user, boolean master) {}

    private final Toggle verify;
    private final Toggle preventLogin;
    private final Toggle sendMail;
    private final boolean preventSignup;
    private final Optional<Duration> validity;
    private final boolean reuse;
    private final boolean hideUnknown;
    private final UserMails mails;
    private final InstantSource clock;
    private final ObjectIds ids;

    public EmailVerification(Options options, UserMails mails, InstantSource clock, ObjectIds ids) {
        this.verify = options.get(EmailOptions.VERIFY_USER_EMAILS);
        this.preventLogin = options.get(EmailOptions.PREVENT_LOGIN_WITH_UNVERIFIED_EMAIL);
        this.sendMail = options.get(EmailOptions.SEND_USER_EMAIL_VERIFICATION);
        this.preventSignup = options.is(EmailOptions.PREVENT_SIGNUP_WITH_UNVERIFIED_EMAIL);
        this.validity = options.find(EmailOptions.EMAIL_VERIFY_TOKEN_VALIDITY_DURATION)
                .filter(seconds -> seconds > 0)
                .map(Duration::ofSeconds);
        this.reuse = options.is(EmailOptions.EMAIL_VERIFY_TOKEN_REUSE_IF_VALID);
        this.hideUnknown = options.is(EmailOptions.EMAIL_VERIFY_SUCCESS_ON_INVALID_EMAIL);
        this.mails = mails;
        this.clock = clock;
        this.ids = ids;
    }

    /** Whether addresses are ever confirmed here. */
    public boolean isPossible() {
        return verify.possible();
    }

    /** Whether tokens end. */
    public boolean expires() {
        return validity.isPresent();
    }

    /** Whether nobody is told that an address is unknown or confirmed already. */
    public boolean hidesUnknown() {
        return hideUnknown;
    }

    /** Whether this address must be confirmed. */
    public boolean isWanted(Supplier<VerificationRequest> request) {
        return is(verify, request);
    }

    /** Whether this user must confirm the address before logging in. */
    public boolean keepsOut(ParseObject user, Supplier<VerificationRequest> request) {
        return !ParseValue.TRUE.equals(user.get("emailVerified")) && needsConfirmation(request);
    }

    /** Whether a new user gets no session until the address is confirmed. */
    public boolean needsConfirmation(Supplier<VerificationRequest> request) {
        return is(verify, request) && is(preventLogin, request);
    }

    /** Whether a sign-up that ends without a session is answered as an error. */
    public boolean refusesSignUp() {
        return preventSignup;
    }

    private static boolean is(Toggle toggle, Supplier<?> request) {
        return switch (toggle) {
            case Toggle.Fixed(boolean on) -> on;
            case Toggle.Decided(var function) -> function.test(request.get());
        };
    }

    /** What a user gets with an address that must be confirmed. */
    public SequencedMap<String, FieldOp> newToken() {
        var ops = new LinkedHashMap<String, FieldOp>();
        ops.put(TOKEN, new FieldOp.Set(new Str(ids.next(TOKEN_LENGTH))));
        ops.put("emailVerified", new FieldOp.Set(ParseValue.FALSE));
        validity.ifPresent(life -> ops.put(TOKEN_END, new FieldOp.Set(new Date(clock.millis() + life.toMillis()))));
        return ops;
    }

    /** Whether the next mail may hold the token of the last one. */
    public boolean keepsToken(ParseObject user) {
        return reuse
                && validity.isPresent()
                && user.get(TOKEN) instanceof Str
                && user.get(TOKEN_END) instanceof Date(long end)
                && clock.millis() < end;
    }

    /**
     * Sends the mail, unless the option {@code sendUserEmailVerification} keeps it back.
     *
     * @param user as stored, with a token
     */
    public void send(ParseObject user, boolean master) {
        if (user.get(TOKEN) instanceof Str(String token)
                && is(sendMail, () -> new SendRequest(user.retain(field -> field.charAt(0) != '_'), master))) {
            mails.sendVerification(user, token);
        }
    }
}
