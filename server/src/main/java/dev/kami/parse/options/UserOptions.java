package dev.kami.parse.options;

import java.util.List;
import java.util.Map;

/** Definitions of the topic "Users and sessions". */
public final class UserOptions {
    private static final Topic TOPIC = new Topic("Users and sessions");

    public static final Option<Map<String, Object>> AUTH = TOPIC.object("auth")
            .env("PARSE_SERVER_AUTH_PROVIDERS")
            .secret()
            .help("Map provider name -> provider configuration (built-in, oauth2:true, or custom module).")
            .add();

    public static final Option<Boolean> AUTH_PROVIDER_ENABLED = TOPIC.bool("auth.<provider>.enabled")
            .standard(false)
            .since("5.3")
            .help(
                    "Provider switch; from 7.0 a provider is off unless enabled (custom/anonymous excepted by code: only an explicit enabled:false blocks).")
            .add();

    public static final Option<Boolean> ENABLE_ANONYMOUS_USERS = TOPIC.bool("enableAnonymousUsers")
            .env("PARSE_SERVER_ENABLE_ANON_USERS")
            .standard(true)
            .help("Allow the anonymous auth provider.")
            .add();

    public static final Option<Boolean> ENABLE_INSECURE_AUTH_ADAPTERS = TOPIC.bool("enableInsecureAuthAdapters")
            .env("PARSE_SERVER_ENABLE_INSECURE_AUTH_ADAPTERS")
            .standard(false)
            .since("8.0.2 (7.5.2 backport)")
            .deprecated("8.0.2")
            .help("Allow adapters that trust client-supplied tokens without exchange (deprecated kind).")
            .add();

    public static final Option<Boolean> ALLOW_EXPIRED_AUTH_DATA_TOKEN = TOPIC.bool("allowExpiredAuthDataToken")
            .env("PARSE_SERVER_ALLOW_EXPIRED_AUTH_DATA_TOKEN")
            .standard(false)
            .since("6.0")
            .deprecated("9.6")
            .never()
            .help(
                    "true: on user update only changed authData is re-validated; false: authData is re-validated on every update. Log-in always validates.")
            .add();

    public static final Option<Boolean> ENFORCE_PRIVATE_USERS = TOPIC.bool("enforcePrivateUsers")
            .env("PARSE_SERVER_ENFORCE_PRIVATE_USERS")
            .standard(true)
            .since("5.0")
            .help("New users get no public read in their default ACL.")
            .add();

    public static final Option<Boolean> CONVERT_EMAIL_TO_LOWERCASE = TOPIC.bool("convertEmailToLowercase")
            .env("PARSE_SERVER_CONVERT_EMAIL_TO_LOWERCASE")
            .standard(false)
            .since("7.0")
            .help("Store user e-mail in lower case.")
            .add();

    public static final Option<Boolean> CONVERT_USERNAME_TO_LOWERCASE = TOPIC.bool("convertUsernameToLowercase")
            .env("PARSE_SERVER_CONVERT_USERNAME_TO_LOWERCASE")
            .standard(false)
            .since("7.0")
            .help("Store username in lower case.")
            .add();

    public static final Option<Long> SESSION_LENGTH = TOPIC.longer("sessionLength")
            .env("PARSE_SERVER_SESSION_LENGTH")
            .standard(31536000)
            .help("Session life in seconds.")
            .add();

    public static final Option<Boolean> EXPIRE_INACTIVE_SESSIONS = TOPIC.bool("expireInactiveSessions")
            .env("PARSE_SERVER_EXPIRE_INACTIVE_SESSIONS")
            .standard(true)
            .help("Give new sessions an expiry of now+sessionLength; false = no expiry.")
            .add();

    public static final Option<Boolean> EXTEND_SESSION_ON_USE = TOPIC.bool("extendSessionOnUse")
            .env("PARSE_SERVER_EXTEND_SESSION_ON_USE")
            .standard(false)
            .since("6.3")
            .help("Push the expiry forward when a session is used after half its life.")
            .add();

    public static final Option<Boolean> REVOKE_SESSION_ON_PASSWORD_RESET = TOPIC.bool("revokeSessionOnPasswordReset")
            .env("PARSE_SERVER_REVOKE_SESSION_ON_PASSWORD_RESET")
            .standard(true)
            .help("Changing the password deletes all sessions of the user.")
            .add();

    public static final Option<Map<String, Object>> ACCOUNT_LOCKOUT = TOPIC.object("accountLockout")
            .env("PARSE_SERVER_ACCOUNT_LOCKOUT")
            .help("Lock a user account after repeated failed password log-ins.")
            .add();

    public static final Option<Double> ACCOUNT_LOCKOUT_DURATION = TOPIC.number("accountLockout.duration")
            .env("PARSE_SERVER_ACCOUNT_LOCKOUT_DURATION")
            .help("Minutes an account stays locked before it unlocks by itself.")
            .add();

    public static final Option<Integer> ACCOUNT_LOCKOUT_THRESHOLD = TOPIC.integer("accountLockout.threshold")
            .env("PARSE_SERVER_ACCOUNT_LOCKOUT_THRESHOLD")
            .help("Number of failed log-ins that locks the account.")
            .add();

    public static final Option<Boolean> ACCOUNT_LOCKOUT_UNLOCK_ON_PASSWORD_RESET = TOPIC.bool(
                    "accountLockout.unlockOnPasswordReset")
            .env("PARSE_SERVER_ACCOUNT_LOCKOUT_UNLOCK_ON_PASSWORD_RESET")
            .standard(false)
            .since("seed")
            .help("A successful password reset also clears the lock.")
            .add();

    public static final Option<Map<String, Object>> PASSWORD_POLICY = TOPIC.object("passwordPolicy")
            .env("PARSE_SERVER_PASSWORD_POLICY")
            .help("Rules for passwords and reset tokens.")
            .add();

    public static final Option<Boolean> PASSWORD_POLICY_DO_NOT_ALLOW_USERNAME = TOPIC.bool(
                    "passwordPolicy.doNotAllowUsername")
            .env("PARSE_SERVER_PASSWORD_POLICY_DO_NOT_ALLOW_USERNAME")
            .standard(false)
            .help("Password must not contain the username.")
            .add();

    public static final Option<Double> PASSWORD_POLICY_MAX_PASSWORD_AGE = TOPIC.number("passwordPolicy.maxPasswordAge")
            .env("PARSE_SERVER_PASSWORD_POLICY_MAX_PASSWORD_AGE")
            .help("Days after which a password expires.")
            .add();

    public static final Option<Integer> PASSWORD_POLICY_MAX_PASSWORD_HISTORY = TOPIC.integer(
                    "passwordPolicy.maxPasswordHistory")
            .env("PARSE_SERVER_PASSWORD_POLICY_MAX_PASSWORD_HISTORY")
            .help("Number of last passwords that may not be reused.")
            .add();

    public static final Option<Boolean> PASSWORD_POLICY_RESET_PASSWORD_SUCCESS_ON_INVALID_EMAIL = TOPIC.bool(
                    "passwordPolicy.resetPasswordSuccessOnInvalidEmail")
            .env("PARSE_SERVER_PASSWORD_POLICY_RESET_PASSWORD_SUCCESS_ON_INVALID_EMAIL")
            .standard(true)
            .since("6.1")
            .help("requestPasswordReset answers success for unknown addresses.")
            .add();

    public static final Option<Boolean> PASSWORD_POLICY_RESET_TOKEN_REUSE_IF_VALID = TOPIC.bool(
                    "passwordPolicy.resetTokenReuseIfValid")
            .env("PARSE_SERVER_PASSWORD_POLICY_RESET_TOKEN_REUSE_IF_VALID")
            .standard(false)
            .help("Reuse a still valid reset token.")
            .add();

    public static final Option<Double> PASSWORD_POLICY_RESET_TOKEN_VALIDITY_DURATION = TOPIC.number(
                    "passwordPolicy.resetTokenValidityDuration")
            .env("PARSE_SERVER_PASSWORD_POLICY_RESET_TOKEN_VALIDITY_DURATION")
            .help("Life of a reset token in seconds; unset = never expires.")
            .add();

    public static final Option<String> PASSWORD_POLICY_VALIDATION_ERROR = TOPIC.text("passwordPolicy.validationError")
            .env("PARSE_SERVER_PASSWORD_POLICY_VALIDATION_ERROR")
            .since("seed")
            .help("Message for a password that breaks the rules.")
            .add();

    public static final Option<Object> PASSWORD_POLICY_VALIDATOR_CALLBACK = TOPIC.function(
                    "passwordPolicy.validatorCallback")
            .env("PARSE_SERVER_PASSWORD_POLICY_VALIDATOR_CALLBACK")
            .help("Function(password) -> boolean.")
            .add();

    public static final Option<String> PASSWORD_POLICY_VALIDATOR_PATTERN = TOPIC.text("passwordPolicy.validatorPattern")
            .env("PARSE_SERVER_PASSWORD_POLICY_VALIDATOR_PATTERN")
            .help("Regular expression the password must match.")
            .add();

    static final List<Option<?>> ALL = TOPIC.list();

    private UserOptions() {}
}
