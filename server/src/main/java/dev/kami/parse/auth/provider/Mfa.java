package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.text;

import dev.kami.parse.auth.AuthAdapter;
import dev.kami.parse.auth.AuthAttempt;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.auth.Outcome;
import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.auth.SmsSender;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.value.IsoDate;
import dev.kami.parse.value.ObjectIds;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A second factor: one-time passwords of an authenticator app (TOTP), or codes sent to a mobile number (SMS).
 *
 * <pre>
 * TOTP  set up   {secret, token}                 stored {secret, recovery:[2]}, answered {recovery: "a, b"}
 *       log in   {token}                         a recovery code in its place is used up
 *       change   {old: token, secret, token}
 * SMS   set up   {mobile}                        a code is sent; stored {pending:{mobile:{token, expiry}}}
 *       confirm  {mobile, token}                 stored {mobile}
 *       log in   {token: "request"}              a code is sent and stored, the log-in refused
 *                {token: code}                   the code is used up
 * </pre>
 *
 * What is used up is missing in the data to store; see {@link Outcome} for two requests with the same code.
 */
final class Mfa implements AuthAdapter {
    static final Obj DISABLED = Obj.of("status", new Str("disabled"));
    private static final Obj ENABLED = Obj.of("status", new Str("enabled"));
    private static final Pattern MOBILE = Pattern.compile("[+]*[(]?[0-9]{1,3}[)]?[-\\s./0-9]*");
    private static final int RECOVERY_LENGTH = 30;

    private final boolean sms;
    private final boolean totp;
    private final Totp passwords;
    private final SmsSender sender;
    private final InstantSource clock;
    private final RandomGenerator random = new SecureRandom();

    Mfa(ProviderSettings settings) {
        List<String> methods = settings.texts("options");
        if (methods == null) {
            throw new OptionsException("mfa.options must be an array");
        }
        this.sms = methods.contains("SMS");
        this.totp = methods.contains("TOTP");
        if (!sms && !totp) {
            throw new OptionsException("mfa.options must include SMS or TOTP");
        }
        double digits = settings.number("digits", 6);
        double period = settings.number("period", 30);
        if (digits < 4 || digits > 10) {
            throw new OptionsException("mfa.digits must be between 4 and 10");
        }
        if (period < 10) {
            throw new OptionsException("mfa.period must be greater than 10");
        }
        this.sender = settings.get("sendSMS") instanceof SmsSender given ? given : null;
        if (sms && sender == null) {
            throw new OptionsException("mfa.sendSMS callback must be defined when using SMS OTPs");
        }
        this.passwords = new Totp(algorithm(settings.text("algorithm")), (int) digits, (long) period);
        this.clock = settings.clock();
    }

    private static String algorithm(String name) {
        String plain = name == null ? "SHA1" : name.toUpperCase(Locale.ROOT).replace("-", "");
        if (!Totp.ALGORITHMS.containsKey(plain)) {
            throw new OptionsException("mfa.algorithm must be one of SHA1, SHA224, SHA256, SHA384 and SHA512");
        }
        return plain;
    }

    /** A number that was never confirmed must not lock its user out. */
    @Override
    public Policy policy(Obj stored) {
        boolean onlyPending = stored.has("pending") && stored.fields().size() == 1;
        return sms && onlyPending ? Policy.DEFAULT : Policy.ADDITIONAL;
    }

    @Override
    public Outcome validate(Obj authData, AuthAttempt attempt) {
        return switch (attempt.kind()) {
            case SET_UP -> setUp(authData);
            case LOGIN -> logIn(authData.text("token"), attempt.stored());
            case UPDATE -> update(authData, attempt);
        };
    }

    private Outcome setUp(Obj data) {
        if (sms && isTruthy(data.get("mobile"))) {
            String mobile = data.text("mobile");
            Sent sent = send(mobile);
            return Outcome.store(Obj.of("pending", Obj.of(mobile, sent.toValue())));
        }
        if (totp) {
            return setUpTotp(data);
        }
        throw refused("Invalid MFA data");
    }

    private Outcome setUpTotp(Obj data) {
        String secret = data.text("secret");
        if (secret == null || secret.length() < 20 || !isTruthy(data.get("token"))) {
            throw refused("Invalid MFA data");
        }
        byte[] key = Totp.base32(secret);
        if (key == null) {
            throw refused("Invalid MFA data");
        }
        String token = data.text("token");
        if (token == null || !passwords.accepts(key, token, clock.instant())) {
            throw refused("Invalid MFA token");
        }
        var codes = new ObjectIds(random);
        String first = codes.next(RECOVERY_LENGTH);
        String second = codes.next(RECOVERY_LENGTH);
        return Outcome.store(Obj.of(
                        "secret", data.get("secret"), "recovery", new Array(List.of(new Str(first), new Str(second)))))
                .withResponse(Obj.of("recovery", new Str(first + ", " + second)));
    }

    /** @param token {@code null} when the client sent none, or none that is a text */
    private Outcome logIn(String token, Obj stored) {
        String mobile = text(stored, "mobile");
        if (sms && mobile != null) {
            return logInBySms(token, mobile, stored);
        }
        if (!totp) {
            return Outcome.unchanged();
        }
        if (token == null) {
            throw refused("Invalid MFA token");
        }
        String secret = text(stored, "secret");
        if (secret == null) {
            return Outcome.unchanged();
        }
        Obj withoutCode = useRecoveryCode(token, stored);
        if (withoutCode != null) {
            return Outcome.store(withoutCode);
        }
        byte[] key = Totp.base32(secret);
        if (key == null || !passwords.accepts(key, token, clock.instant())) {
            throw refused("Invalid MFA token");
        }
        return Outcome.unchanged();
    }

    private Outcome logInBySms(String token, String mobile, Obj stored) {
        if ("request".equals(token)) {
            Sent sent = send(mobile);
            return Outcome.storeAndRefuse(
                    stored.with("token", new Str(sent.token())).with("expiry", sent.expiry()),
                    refused("Please enter the token"));
        }
        String saved = text(stored, "token");
        if (saved == null || token == null || !Totp.same(saved, token)) {
            throw refused("Invalid MFA token 1");
        }
        if (isOver(stored.get("expiry"))) {
            throw refused("Invalid MFA token 2");
        }
        return Outcome.store(stored.without("token", "expiry"));
    }

    /** The stored data without this code, {@code null} when it is none. */
    private static Obj useRecoveryCode(String token, Obj stored) {
        if (!(stored.get("recovery") instanceof Array(var codes))) {
            return null;
        }
        var left = new ArrayList<ParseValue>(codes);
        boolean used = left.removeIf(code -> code instanceof Str(String text) && Totp.same(text, token));
        return used ? stored.with("recovery", new Array(left)) : null;
    }

    private Outcome update(Obj data, AuthAttempt attempt) {
        if (attempt.master()) {
            return Outcome.store(data);
        }
        if (sms && isTruthy(data.get("mobile"))) {
            if (!isTruthy(data.get("token"))) {
                throw refused("MFA is already set up on this account");
            }
            return confirm(data, attempt.stored());
        }
        if (totp) {
            Outcome old = logIn(data.text("old"), attempt.stored());
            return old.refusal() == null ? setUp(data) : old;
        }
        throw refused("Invalid MFA data");
    }

    private Outcome confirm(Obj data, Obj stored) {
        String mobile = data.text("mobile");
        Obj pending = stored.get("pending") instanceof Obj numbers ? numbers : Obj.EMPTY;
        if (mobile == null || !(pending.get(mobile) instanceof Obj sent)) {
            throw refused("This number is not pending");
        }
        String token = data.text("token");
        if (token == null || text(sent, "token") == null || !Totp.same(sent.text("token"), token)) {
            throw refused("Invalid MFA token");
        }
        if (isOver(sent.get("expiry"))) {
            throw refused("Invalid MFA token");
        }
        var save = new LinkedHashMap<>(stored.fields());
        save.put("pending", pending.without(mobile));
        save.put("mobile", new Str(mobile));
        return Outcome.store(new Obj(save));
    }

    @Override
    public Obj afterFind(Obj stored, Caller caller) {
        if (caller.auth().isMaster()) {
            return stored;
        }
        boolean enabled = totp && text(stored, "secret") != null || sms && text(stored, "mobile") != null;
        return enabled ? ENABLED : DISABLED;
    }

    private record Sent(String token, Date expiry) {
        Obj toValue() {
            return Obj.of("token", new Str(token), "expiry", expiry);
        }
    }

    private Sent send(String mobile) {
        if (mobile == null || !MOBILE.matcher(mobile).matches()) {
            throw refused("Invalid mobile number.");
        }
        var token = new StringBuilder();
        while (token.length() < passwords.digits()) {
            token.append(random.nextInt(10));
        }
        sender.send(token.toString(), mobile);
        return new Sent(token.toString(), new Date(clock.millis() + passwords.periodSeconds() * 1000));
    }

    /** A time as this or the genuine server stored it; without one the code is over. */
    private boolean isOver(ParseValue expiry) {
        OptionalLong until =
                switch (expiry) {
                    case Date(long millis) -> OptionalLong.of(millis);
                    case Str(String iso) -> IsoDate.parse(iso);
                    case null, default -> OptionalLong.empty();
                };
        return until.isEmpty() || clock.millis() > until.getAsLong();
    }

    /** As JavaScript decides whether something was sent. */
    private static boolean isTruthy(ParseValue value) {
        return switch (value) {
            case null -> false;
            case ParseValue.Null() -> false;
            case ParseValue.Bool(boolean flag) -> flag;
            case ParseValue.Num(double number) -> number != 0;
            case Str(String text) -> !text.isEmpty();
            default -> true;
        };
    }

    private static ParseException refused(String text) {
        return new ParseException(ErrorCode.SCRIPT_FAILED, text);
    }
}
