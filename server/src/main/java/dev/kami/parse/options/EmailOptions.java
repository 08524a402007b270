package dev.kami.parse.options;

import java.util.List;

/** Definitions of the topic "E-mail verification". */
public final class EmailOptions {
    private static final Topic TOPIC = new Topic("E-mail verification");

    public static final Option<Object> EMAIL_ADAPTER = TOPIC.adapter("emailAdapter")
            .env("PARSE_SERVER_EMAIL_ADAPTER")
            .secret()
            .help("Adapter that sends mails; needs sendMail, may have sendVerificationEmail/sendPasswordResetEmail.")
            .add();

    public static final Option<Toggle> VERIFY_USER_EMAILS = TOPIC.toggle("verifyUserEmails")
            .env("PARSE_SERVER_VERIFY_USER_EMAILS")
            .standard(false)
            .help("Require e-mail verification (boolean or function).")
            .add();

    public static final Option<Toggle> SEND_USER_EMAIL_VERIFICATION = TOPIC.toggle("sendUserEmailVerification")
            .env("PARSE_SERVER_SEND_USER_EMAIL_VERIFICATION")
            .standard(true)
            .since("6.3")
            .help("false suppresses sending the verification mail (boolean or function).")
            .add();

    public static final Option<Toggle> PREVENT_LOGIN_WITH_UNVERIFIED_EMAIL = TOPIC.toggle(
                    "preventLoginWithUnverifiedEmail")
            .env("PARSE_SERVER_PREVENT_LOGIN_WITH_UNVERIFIED_EMAIL")
            .standard(false)
            .help("Reject password log-in while the e-mail is unverified (boolean or function).")
            .add();

    public static final Option<Boolean> PREVENT_SIGNUP_WITH_UNVERIFIED_EMAIL = TOPIC.bool(
                    "preventSignupWithUnverifiedEmail")
            .env("PARSE_SERVER_PREVENT_SIGNUP_WITH_UNVERIFIED_EMAIL")
            .standard(false)
            .since("6.3")
            .help("Sign-up answers error 205 instead of a user without session.")
            .add();

    public static final Option<Long> EMAIL_VERIFY_TOKEN_VALIDITY_DURATION = TOPIC.longer(
                    "emailVerifyTokenValidityDuration")
            .env("PARSE_SERVER_EMAIL_VERIFY_TOKEN_VALIDITY_DURATION")
            .help("Life of the verification token in seconds; unset = never expires.")
            .add();

    public static final Option<Boolean> EMAIL_VERIFY_TOKEN_REUSE_IF_VALID = TOPIC.bool("emailVerifyTokenReuseIfValid")
            .env("PARSE_SERVER_EMAIL_VERIFY_TOKEN_REUSE_IF_VALID")
            .standard(false)
            .help("Re-send keeps the still valid verification token instead of making a new one.")
            .add();

    public static final Option<Boolean> EMAIL_VERIFY_SUCCESS_ON_INVALID_EMAIL = TOPIC.bool(
                    "emailVerifySuccessOnInvalidEmail")
            .env("PARSE_SERVER_EMAIL_VERIFY_SUCCESS_ON_INVALID_EMAIL")
            .standard(true)
            .since("9.6")
            .help(
                    "verificationEmailRequest (and the resend page) answer success even for unknown or already verified addresses.")
            .add();

    static final List<Option<?>> ALL = TOPIC.list();

    private EmailOptions() {}
}
