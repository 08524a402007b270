package dev.kami.parse.page;

import java.util.Map;

/**
 * Errors of the password form that pages say in their own language: {@code {{#errorIs.weak}}...{{/errorIs.weak}}}. They are
 * known by their text, which is the same in every language for programs that read it from the header.
 */
final class KnownErrors {
    static final String MISMATCH = "The two passwords are not the same.";

    private static final Map<String, String> NAMES = Map.of(
            MISMATCH,
            "mismatch",
            "Password does not meet the Password Policy requirements.",
            "weak",
            "The password reset link has expired",
            "expired",
            "Failed to reset password: username / email / token is invalid",
            "invalid");

    private KnownErrors() {}

    /** The value of {@code errorIs}: {@code {weak: true}}, or false for {@code null} and a text that is not known. */
    static Object names(String error) {
        String name = error == null ? null : NAMES.get(error);
        return name == null ? false : Map.of(name, true);
    }
}
