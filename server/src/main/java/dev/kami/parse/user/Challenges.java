package dev.kami.parse.user;

import dev.kami.parse.account.Accounts;
import dev.kami.parse.account.LinkedAccounts;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.AuthAdapters;
import dev.kami.parse.auth.AuthAttempt;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.auth.Claim;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;

/** The step before a log-in that some providers need: they are asked for a challenge, the log-in brings the answer. */
public final class Challenges {
    private final Accounts accounts;
    private final LogIn logIn;
    private final Log log;

    public Challenges(Accounts accounts, LogIn logIn, Log log) {
        this.accounts = accounts;
        this.logIn = logIn;
        this.log = log;
    }

    /**
     * @param params {@code challengeData} by provider; who it is for: username or email with password, or authData with one
     *     id; nobody is possible too
     * @return by provider, those that have an answer
     * @throws ParseException -1 for parameters that do not fit together, 101 for a user who is not found or does not prove
     *     it, as a provider refuses
     */
    public Obj challenge(Caller caller, Obj params) {
        ParseObject user = null;
        if (Credentials.isGiven(params.get("username")) || Credentials.isGiven(params.get("email"))) {
            if (!Credentials.isGiven(params.get("password"))) {
                throw refused("You provided username or email, you need to also provide password.");
            }
            user = logIn.authenticated(caller, params);
        }
        Obj challengeData = challengeData(params.get("challengeData"));
        Obj authData = Obj.EMPTY;
        if (Credentials.isGiven(params.get("authData"))) {
            authData = authData(params.get("authData"));
            if (user != null) {
                throw refused("You cannot provide username/email and authData, only use one identification method.");
            }
            user = identified(caller, authData);
        }
        return answers(caller, challengeData, authData, user);
    }

    private static ParseException refused(String text) {
        return new ParseException(ErrorCode.OTHER_CAUSE, text);
    }

    private static Obj challengeData(ParseValue value) {
        if (!Credentials.isGiven(value)) {
            throw refused("Nothing to challenge.");
        }
        if (!(value instanceof Obj data)) {
            throw refused("challengeData should be an object.");
        }
        return data;
    }

    private static Obj authData(ParseValue value) {
        if (!(value instanceof Obj authData)) {
            throw refused("authData should be an object.");
        }
        authData.fields().forEach((provider, data) -> {
            if (!(data instanceof Obj) && !(data instanceof Null)) {
                throw refused("authData." + provider + " should be an object.");
            }
        });
        return authData;
    }

    /** Who has the id and proves it; an id alone must not be good for finding out whether it is known. */
    private ParseObject identified(Caller caller, Obj authData) {
        LinkedAccounts linked = accounts.linked();
        var withId = new LinkedHashMap<String, ParseValue>();
        authData.fields().forEach((provider, data) -> {
            if (data instanceof Obj given && Credentials.isGiven(given.get("id"))) {
                withId.put(provider, data);
            }
        });
        if (withId.size() > 1) {
            throw refused("You cannot provide more than one authData provider with an id.");
        }
        try {
            List<Claim> claims = linked.claims(new Obj(withId));
            List<ParseObject> found = linked.find(claims, false);
            ParseObject user = found.size() == 1 ? found.getFirst() : null;
            linked.prove(claims, user, caller.withAuth(Auth.NOBODY));
            if (user != null) {
                return user;
            }
        } catch (ParseException e) {
            log.error("A challenge was asked for without proof: " + e.getMessage());
        }
        throw new ParseException(ErrorCode.OBJECT_NOT_FOUND, "User not found.");
    }

    private Obj answers(Caller caller, Obj challengeData, Obj authData, ParseObject user) {
        AuthAdapters adapters = accounts.linked().adapters();
        var answers = new LinkedHashMap<String, ParseValue>();
        new TreeMap<>(challengeData.fields()).forEach((provider, data) -> {
            Obj given = authData.get(provider) instanceof Obj own ? own : null;
            ParseValue answer = adapters.challenge(provider, data, given, AuthAttempt.of(provider, user, caller));
            if (answer != null) {
                answers.put(provider, answer);
            }
        });
        return new Obj(answers);
    }
}
