package dev.kami.parse.page;

/**
 * The pages of the router.
 *
 * @param id key in {@code pages.customUrls}
 */
record Page(String id, String file) {
    static final Page PASSWORD_RESET = new Page("passwordReset", "password_reset.html");
    static final Page PASSWORD_RESET_SUCCESS = new Page("passwordResetSuccess", "password_reset_success.html");
    static final Page PASSWORD_RESET_LINK_INVALID =
            new Page("passwordResetLinkInvalid", "password_reset_link_invalid.html");
    static final Page EMAIL_VERIFICATION_SUCCESS =
            new Page("emailVerificationSuccess", "email_verification_success.html");
    static final Page EMAIL_VERIFICATION_SEND_FAIL =
            new Page("emailVerificationSendFail", "email_verification_send_fail.html");
    static final Page EMAIL_VERIFICATION_SEND_SUCCESS =
            new Page("emailVerificationSendSuccess", "email_verification_send_success.html");
    static final Page EMAIL_VERIFICATION_LINK_INVALID =
            new Page("emailVerificationLinkInvalid", "email_verification_link_invalid.html");
    // EMAIL_VERIFICATION_LINK_EXPIRED is a file only: since 8.0 parse-server shows the invalid page instead, so that an
    // old link does not tell whether it was ever good.

    /** Of a custom route. */
    static Page ofFile(String file) {
        return new Page(file, file);
    }
}
