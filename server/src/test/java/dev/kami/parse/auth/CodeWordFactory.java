package dev.kami.parse.auth;

import dev.kami.parse.auth.AuthAdapter.Policy;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;

/** A provider of somebody else, found by its name: whoever knows the word of the options is let in. */
public final class CodeWordFactory implements AuthAdapterFactory {
    @Override
    public String name() {
        return "code-word";
    }

    @Override
    public AuthAdapter open(ProviderSettings settings) {
        String word = settings.text("word");
        if (word == null) {
            throw new OptionsException("code-word needs a word");
        }
        Policy policy = settings.text("policy") == null ? Policy.DEFAULT : Policy.valueOf(settings.text("policy"));
        return new CodeWord(word, policy);
    }

    private record CodeWord(String word, Policy always) implements AuthAdapter {
        @Override
        public Policy policy(Obj stored) {
            return always;
        }

        @Override
        public Outcome validate(Obj authData, AuthAttempt attempt) {
            if (authData.has("crash")) {
                throw new IllegalStateException("cannot reach 10.0.0.7 with " + word);
            }
            if (!word.equals(authData.text("word"))) {
                throw new ParseException(ErrorCode.OBJECT_NOT_FOUND, "Wrong word.");
            }
            return Outcome.store(authData.without("word"));
        }

        @Override
        public ParseValue challenge(ParseValue challengeData, Obj authData, AuthAttempt attempt) {
            if (challengeData instanceof ParseValue.Null) {
                throw new IllegalStateException(word);
            }
            return Obj.of("hint", new Str(word.substring(0, 1)));
        }
    }
}
