package dev.kami.parse.user;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;

/**
 * What a client sends to log in, checked for its types. At least one of the two names is there.
 *
 * @param username {@code null} when not given; without email it may be an address as well
 * @param email {@code null} when not given
 * @param ignoreEmailVerification what the master key may ask for
 */
record Credentials(String username, String email, String password, boolean ignoreEmailVerification) {
    /** @throws ParseException 200, 201 what is missing; 101 what is no text, which is as wrong as a wrong password */
    static Credentials of(Obj params) {
        ParseValue username = params.get("username");
        ParseValue email = params.get("email");
        ParseValue password = params.get("password");
        if (!isGiven(username) && !isGiven(email)) {
            throw new ParseException(ErrorCode.USERNAME_MISSING, "username/email is required.");
        }
        if (!isGiven(password)) {
            throw new ParseException(ErrorCode.PASSWORD_MISSING, "password is required.");
        }
        return new Credentials(
                text(username), text(email), text(password), isGiven(params.get("ignoreEmailVerification")));
    }

    private static String text(ParseValue value) {
        return switch (value) {
            case Str(String text) -> text.isEmpty() ? null : text;
            case ParseValue other when isGiven(other) -> throw LogIn.wrong();
            case null, default -> null;
        };
    }

    /** What JavaScript takes for true. */
    static boolean isGiven(ParseValue value) {
        return switch (value) {
            case null -> false;
            case Null() -> false;
            case Str(String text) -> !text.isEmpty();
            case Num(double number) -> number != 0;
            case Bool(boolean yes) -> yes;
            default -> true;
        };
    }

    /** A password is not for log lines. */
    @Override
    public String toString() {
        return "Credentials[" + (username == null ? email : username) + "]";
    }
}
