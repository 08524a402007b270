package dev.kami.parse.auth.provider;

import dev.kami.parse.auth.AuthAdapter;
import dev.kami.parse.auth.AuthAttempt;
import dev.kami.parse.auth.Outcome;
import dev.kami.parse.value.ParseValue.Obj;

/** Users without credentials: whoever knows the id, which the SDK made at random, is the user. */
final class Anonymous implements AuthAdapter {
    @Override
    public Outcome validate(Obj authData, AuthAttempt attempt) {
        return Outcome.store(authData);
    }
}
