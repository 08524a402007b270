package dev.kami.parse.rest;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;

/** A new user comes with a name and a password, or with the data of a provider. */
final class Credentials {
    private Credentials() {}

    static void run(WriteState write) {
        if (!write.className.equals("_User") || !write.creating || hasAuthData(write.body)) {
            return;
        }
        if (isEmpty(write.body.text("username"))) {
            throw new ParseException(ErrorCode.USERNAME_MISSING, "bad or missing username");
        }
        if (isEmpty(write.body.text("password"))) {
            throw new ParseException(ErrorCode.PASSWORD_MISSING, "password is required");
        }
    }

    /** Data of at least one provider; {@code {"anonymous":{}}} is none. */
    static boolean hasAuthData(Obj body) {
        if (!(body.get("authData") instanceof Obj providers)) {
            return false;
        }
        for (ParseValue data : providers.fields().values()) {
            if (data instanceof Obj provider && !provider.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEmpty(String text) {
        return text == null || text.isEmpty();
    }
}
