package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Attempts.NOW;
import static dev.kami.parse.auth.provider.Attempts.attempt;
import static dev.kami.parse.auth.provider.Attempts.obj;
import static dev.kami.parse.auth.provider.Attempts.refusal;
import static dev.kami.parse.auth.provider.Attempts.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.AuthAdapter.Policy;
import dev.kami.parse.auth.AuthAttempt;
import dev.kami.parse.auth.AuthAttempt.Kind;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.auth.Outcome;
import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.auth.RequestInfo;
import dev.kami.parse.auth.SmsSender;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MfaTest {
    /** RFC 6238's seed "12345678901234567890". */
    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private static final String MOBILE = "+1 555-123";

    private final MovableClock clock = new MovableClock(NOW);
    private final List<String> sent = new ArrayList<>();
    private final SmsSender sender = (token, mobile) -> sent.add(mobile + "=" + token);

    private final Mfa totp = open(Map.of("options", List.of("TOTP")));
    private final Mfa sms = open(Map.of("options", List.of("SMS"), "sendSMS", sender));

    private Mfa open(Map<String, ?> options) {
        return new Mfa(settings(options, clock));
    }

    private String password() {
        return new Totp("SHA1", 6, 30)
                .password(Totp.base32(SECRET), clock.instant().getEpochSecond() / 30);
    }

    private static Obj token(String token) {
        return Obj.of("token", new Str(token));
    }

    private static Outcome run(Mfa mfa, Kind kind, Obj data, Obj stored) {
        return mfa.validate(data, attempt(kind, stored));
    }

    private static String refused(Mfa mfa, Kind kind, Obj data, Obj stored) {
        return refusal(() -> run(mfa, kind, data, stored));
    }

    private Obj enrolled() {
        return run(totp, Kind.SET_UP, token(password()).with("secret", new Str(SECRET)), Obj.EMPTY)
                .save();
    }

    // TOTP

    @Test
    void setUpStoresTheSecretAndAnswersTwoRecoveryCodes() {
        Outcome outcome = run(totp, Kind.SET_UP, token(password()).with("secret", new Str(SECRET)), Obj.EMPTY);
        assertThat(outcome.save().text("secret")).isEqualTo(SECRET);
        List<ParseValue> codes = ((Array) outcome.save().get("recovery")).items();
        assertThat(codes).hasSize(2).doesNotHaveDuplicates().allSatisfy(code -> assertThat(((Str) code).value())
                .matches("[A-Za-z0-9]{30}"));
        assertThat(outcome.response())
                .isEqualTo(Obj.of(
                        "recovery", new Str(((Str) codes.get(0)).value() + ", " + ((Str) codes.get(1)).value())));
        assertThat(outcome.toString()).doesNotContain(SECRET);
    }

    @Test
    void setUpNeedsASecretAndItsPassword() {
        String data = "141 Invalid MFA data";
        assertThat(refused(totp, Kind.SET_UP, obj("{}"), Obj.EMPTY)).isEqualTo(data);
        assertThat(refused(totp, Kind.SET_UP, token(password()), Obj.EMPTY)).isEqualTo(data);
        assertThat(refused(totp, Kind.SET_UP, obj("{\"secret\":\"" + SECRET + "\"}"), Obj.EMPTY))
                .isEqualTo(data);
        assertThat(refused(totp, Kind.SET_UP, token("1").with("secret", new Str("GEZDGNBVGY3TQOJQ")), Obj.EMPTY))
                .isEqualTo(data);
        assertThat(refused(totp, Kind.SET_UP, token("1").with("secret", new Str("1".repeat(32))), Obj.EMPTY))
                .isEqualTo(data);
        assertThat(refused(totp, Kind.SET_UP, token("1").with("secret", obj("{\"length\":99}")), Obj.EMPTY))
                .isEqualTo(data);
        assertThat(refused(totp, Kind.SET_UP, token("000000").with("secret", new Str(SECRET)), Obj.EMPTY))
                .isEqualTo("141 Invalid MFA token");
        assertThat(refused(totp, Kind.SET_UP, obj("{\"token\":1,\"secret\":\"" + SECRET + "\"}"), Obj.EMPTY))
                .isEqualTo("141 Invalid MFA token");
    }

    @Test
    void logInNeedsThePasswordOfTheTime() {
        Obj stored = enrolled();
        assertThat(run(totp, Kind.LOGIN, token(password()), stored)).isEqualTo(Outcome.unchanged());
        String old = password();
        clock.advance(Duration.ofSeconds(30));
        run(totp, Kind.LOGIN, token(old), stored);
        clock.advance(Duration.ofSeconds(30));
        assertThat(refused(totp, Kind.LOGIN, token(old), stored)).isEqualTo("141 Invalid MFA token");
        for (String wrong : List.of(
                "{}",
                "{\"token\":\"\"}",
                "{\"token\":null}",
                "{\"token\":{\"$ne\":1}}",
                "{\"token\":123456}",
                "{\"token\":[\"" + password() + "\"]}")) {
            assertThat(refused(totp, Kind.LOGIN, obj(wrong), stored)).as(wrong).isEqualTo("141 Invalid MFA token");
        }
    }

    /** A recovery code opened the account as often as one liked (fixed in 9.6.0). */
    @Test
    void aRecoveryCodeIsUsedUp() {
        Obj stored = enrolled();
        List<ParseValue> codes = ((Array) stored.get("recovery")).items();
        Obj after =
                run(totp, Kind.LOGIN, Obj.of("token", codes.getFirst()), stored).save();
        assertThat(after).isEqualTo(stored.with("recovery", new Array(List.of(codes.getLast()))));
        assertThat(refused(totp, Kind.LOGIN, Obj.of("token", codes.getFirst()), after))
                .isEqualTo("141 Invalid MFA token");
        Obj empty =
                run(totp, Kind.LOGIN, Obj.of("token", codes.getLast()), after).save();
        assertThat(empty.get("recovery")).isEqualTo(new Array(List.of()));
        run(totp, Kind.LOGIN, token(password()), empty);
    }

    @Test
    void changingTheSecretNeedsTheOldOne() {
        Obj stored = enrolled();
        Obj change = token(password()).with("secret", new Str(SECRET));
        assertThat(refused(totp, Kind.UPDATE, change, stored)).isEqualTo("141 Invalid MFA token");
        assertThat(refused(totp, Kind.UPDATE, change.with("old", new Str("000000")), stored))
                .isEqualTo("141 Invalid MFA token");
        Obj after = run(totp, Kind.UPDATE, change.with("old", new Str(password())), stored)
                .save();
        assertThat(after.get("recovery")).isNotEqualTo(stored.get("recovery"));
    }

    @Test
    void theMasterKeyMayChangeAnything() {
        var master = new AuthAttempt(Kind.UPDATE, null, enrolled(), RequestInfo.INTERNAL, true);
        assertThat(totp.validate(obj("{\"a\":1}"), master)).isEqualTo(Outcome.store(obj("{\"a\":1}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA1", "SHA256", "SHA-512", "sha384"})
    void theAlgorithmMayBeChosen(String algorithm) {
        Mfa mfa = open(Map.of("options", List.of("TOTP"), "algorithm", algorithm, "digits", 8L, "period", 60L));
        String password = new Totp(algorithm.toUpperCase().replace("-", ""), 8, 60)
                .password(Totp.base32(SECRET), NOW.getEpochSecond() / 60);
        assertThat(run(mfa, Kind.SET_UP, token(password).with("secret", new Str(SECRET)), Obj.EMPTY)
                        .save())
                .isNotNull();
    }

    // SMS

    private String lastCode() {
        return sent.getLast().split("=")[1];
    }

    private Obj pending() {
        return run(sms, Kind.SET_UP, obj("{\"mobile\":\"" + MOBILE + "\"}"), Obj.EMPTY)
                .save();
    }

    private Obj confirmed() {
        Obj data = token("").with("mobile", new Str(MOBILE));
        Obj pending = pending();
        return run(sms, Kind.UPDATE, data.with("token", new Str(lastCode())), pending)
                .save();
    }

    @Test
    void aNumberIsPendingUntilItsCodeComesBack() {
        Obj pending = pending();
        assertThat(sent).singleElement().asString().startsWith(MOBILE + "=").matches(".*=[0-9]{6}");
        assertThat(pending)
                .isEqualTo(Obj.of(
                        "pending",
                        Obj.of(
                                MOBILE,
                                Obj.of(
                                        "token",
                                        new Str(lastCode()),
                                        "expiry",
                                        new Date(NOW.toEpochMilli() + 30_000)))));

        Obj data = obj("{\"mobile\":\"" + MOBILE + "\"}");
        assertThat(refused(sms, Kind.UPDATE, data, pending)).isEqualTo("141 MFA is already set up on this account");
        assertThat(refused(sms, Kind.UPDATE, data.with("token", new Str("x")), pending))
                .isEqualTo("141 Invalid MFA token");
        Obj right = data.with("token", new Str(lastCode()));
        assertThat(refused(sms, Kind.UPDATE, right.with("mobile", new Str("+49 1")), pending))
                .isEqualTo("141 This number is not pending");
        assertThat(refused(sms, Kind.UPDATE, right.with("mobile", new Str("constructor")), pending))
                .isEqualTo("141 This number is not pending");
        assertThat(run(sms, Kind.UPDATE, right, pending).save())
                .isEqualTo(obj("{\"pending\":{},\"mobile\":\"" + MOBILE + "\"}"));

        clock.advance(Duration.ofMillis(30_001));
        assertThat(refused(sms, Kind.UPDATE, right, pending)).isEqualTo("141 Invalid MFA token");
    }

    @Test
    void aLogInAsksForACodeWhichIsUsedUp() {
        Obj stored = confirmed();
        Outcome asked = run(sms, Kind.LOGIN, token("request"), stored);
        assertThat(asked.refusal()).hasMessage("Please enter the token");
        assertThat(asked.refusal().code().number()).isEqualTo(141);
        Obj waiting = asked.save();
        assertThat(waiting.text("token")).isEqualTo(lastCode());

        assertThat(refused(sms, Kind.LOGIN, token("000000x"), waiting)).isEqualTo("141 Invalid MFA token 1");
        assertThat(refused(sms, Kind.LOGIN, obj("{}"), waiting)).isEqualTo("141 Invalid MFA token 1");
        Obj after = run(sms, Kind.LOGIN, token(lastCode()), waiting).save();
        assertThat(after).isEqualTo(stored);
        assertThat(refused(sms, Kind.LOGIN, token(lastCode()), after)).isEqualTo("141 Invalid MFA token 1");

        clock.advance(Duration.ofMillis(30_001));
        assertThat(refused(sms, Kind.LOGIN, token(lastCode()), waiting)).isEqualTo("141 Invalid MFA token 2");
        assertThat(refused(sms, Kind.LOGIN, token(lastCode()), waiting.without("expiry")))
                .isEqualTo("141 Invalid MFA token 2");
        run(sms, Kind.LOGIN, token(lastCode()), waiting.with("expiry", new Str("2099-01-01T00:00:00.000Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "+", "12a", "555;", "constructor", "__proto__"})
    void whatIsNoNumberGetsNoMessage(String mobile) {
        assertThat(refused(sms, Kind.SET_UP, Obj.of("mobile", new Str(mobile)), Obj.EMPTY))
                .isEqualTo("141 Invalid mobile number.");
        assertThat(refused(sms, Kind.SET_UP, obj("{\"mobile\":{\"a\":1}}"), Obj.EMPTY))
                .isEqualTo("141 Invalid mobile number.");
        assertThat(sent).isEmpty();
    }

    @Test
    void codesHaveTheConfiguredLength() {
        Mfa mfa = open(Map.of("options", List.of("SMS"), "sendSMS", sender, "digits", 10L));
        run(mfa, Kind.SET_UP, obj("{\"mobile\":\"+1555\"}"), Obj.EMPTY);
        assertThat(lastCode()).matches("[0-9]{10}");
    }

    @Test
    void onlyAConfirmedNumberIsDemandedAtLogIn() {
        assertThat(sms.policy(pending())).isEqualTo(Policy.DEFAULT);
        assertThat(sms.policy(confirmed())).isEqualTo(Policy.ADDITIONAL);
        assertThat(totp.policy(enrolled())).isEqualTo(Policy.ADDITIONAL);
    }

    @Test
    void withSmsAloneThereIsNoTotp() {
        assertThat(refused(sms, Kind.SET_UP, token(password()).with("secret", new Str(SECRET)), Obj.EMPTY))
                .isEqualTo("141 Invalid MFA data");
        assertThat(refused(sms, Kind.UPDATE, token("1"), pending())).isEqualTo("141 Invalid MFA data");
    }

    // Both

    @Test
    void nobodySeesMoreThanWhetherItIsOn() {
        var user = new Caller(Auth.NOBODY, RequestInfo.INTERNAL);
        assertThat(totp.afterFind(enrolled(), user)).isEqualTo(obj("{\"status\":\"enabled\"}"));
        assertThat(sms.afterFind(confirmed(), user)).isEqualTo(obj("{\"status\":\"enabled\"}"));
        assertThat(sms.afterFind(pending(), user)).isEqualTo(obj("{\"status\":\"disabled\"}"));
        assertThat(sms.afterFind(enrolled(), user)).isEqualTo(obj("{\"status\":\"disabled\"}"));
        Obj stored = enrolled();
        assertThat(totp.afterFind(stored, Caller.SERVER)).isEqualTo(stored);
    }

    @Test
    void wrongOptionsEndTheStart() {
        var texts = List.of("SMS", "TOTP");
        refuses(null, "mfa.options must be an array");
        refuses(Map.of("options", "TOTP"), "mfa.options must be an array");
        refuses(Map.of("options", List.of("MAIL")), "mfa.options must include SMS or TOTP");
        refuses(Map.of("options", List.of("TOTP"), "digits", "6"), "mfa.digits must be a number");
        refuses(Map.of("options", List.of("TOTP"), "period", "6"), "mfa.period must be a number");
        refuses(Map.of("options", List.of("TOTP"), "digits", 3L), "mfa.digits must be between 4 and 10");
        refuses(Map.of("options", List.of("TOTP"), "digits", 11L), "mfa.digits must be between 4 and 10");
        refuses(Map.of("options", List.of("TOTP"), "period", 9L), "mfa.period must be greater than 10");
        refuses(Map.of("options", texts), "mfa.sendSMS callback must be defined when using SMS OTPs");
        refuses(Map.of("options", texts, "sendSMS", "f"), "mfa.sendSMS callback must be defined when using SMS OTPs");
        refuses(
                Map.of("options", List.of("TOTP"), "algorithm", "MD5"),
                "mfa.algorithm must be one of SHA1, SHA224, SHA256, SHA384 and SHA512");
    }

    private void refuses(Map<String, ?> options, String text) {
        assertThatThrownBy(() -> new Mfa(new ProviderSettings("mfa", options, false, clock)))
                .isInstanceOf(OptionsException.class)
                .hasMessage(text);
    }
}
