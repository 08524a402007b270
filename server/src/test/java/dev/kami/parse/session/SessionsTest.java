package dev.kami.parse.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.TestCore;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.options.OptionsBuilder;
import dev.kami.parse.rest.CountingStorage;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Obj;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final Duration YEAR = Duration.ofSeconds(31_536_000);

    private Instant now = Instant.parse("2026-01-02T03:04:05.678Z");
    private CountingStorage storage;
    private TestCore core;
    private String userId;

    @AfterEach
    void close() {
        core.close();
    }

    private Sessions start(Consumer<OptionsBuilder> change) {
        core = TestCore.start(Log.off(), () -> now, inner -> storage = new CountingStorage(inner), change);
        userId = core.as(Auth.MASTER)
                .post("/users", "{'username':'ann','password':'p'}")
                .objectId();
        return core.accounts().sessions();
    }

    private Sessions start() {
        return start(_ -> {});
    }

    private static void isInvalid(Sessions sessions, String token, String text) {
        assertThatThrownBy(() -> sessions.resolve(token))
                .isInstanceOfSatisfying(
                        ParseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_SESSION_TOKEN))
                .hasMessage(text);
    }

    @Test
    void aTokenLeadsToItsUser() {
        Sessions sessions = start();

        Auth.User user = sessions.resolve(sessions.create(userId, CreatedWith.login("password"), null));

        assertThat(user.userId()).isEqualTo(userId);
        assertThat(user.user().get("username")).isEqualTo(ParseValue.of("ann"));
        assertThat(user.user().fields()).noneMatch(field -> field.startsWith("_"));
        assertThat(user.roles()).isEmpty();
    }

    @Test
    void aSessionHoldsHowItBegan() {
        Sessions sessions = start();

        String token = sessions.create(userId, CreatedWith.login("password"), "phone");

        assertThat(token).matches("r:[0-9a-f]{32}");
        ParseObject session = sessions.find(token).orElseThrow();
        assertThat(session.get("createdWith"))
                .isEqualTo(Obj.of("action", ParseValue.of("login"), "authProvider", ParseValue.of("password")));
        assertThat(session.get("user")).isEqualTo(new ParseValue.Pointer("_User", userId));
        assertThat(session.get("installationId")).isEqualTo(ParseValue.of("phone"));
        assertThat(session.get("expiresAt")).isEqualTo(new Date(now.plus(YEAR).toEpochMilli()));
        assertThat(session.has("ACL")).isFalse();
    }

    @Test
    void aRememberedUserCostsNoQuestionToTheDatabase() {
        Sessions sessions = start();
        String token = sessions.create(userId, null, null);
        sessions.resolve(token);
        storage.calls();

        sessions.resolve(token);

        assertThat(storage.calls()).isEmpty();
    }

    @Test
    void anUnknownTokenIsInvalid() {
        Sessions sessions = start();

        isInvalid(sessions, "r:unknown", "Invalid session token");
    }

    @Test
    void theSessionOfADeletedUserIsInvalid() {
        Sessions sessions = start();
        String token = sessions.create(userId, null, null);
        sessions.resolve(token);

        core.as(Auth.MASTER).delete("/users/" + userId);

        isInvalid(sessions, token, "Invalid session token");
    }

    @Test
    void aSessionEndsEvenWhileItIsRemembered() {
        Sessions sessions = start(options -> options.set("sessionLength", 3).set("cacheTTL", 60_000));
        String token = sessions.create(userId, null, null);
        sessions.resolve(token);
        now = now.plusSeconds(3);
        sessions.resolve(token);

        now = now.plusMillis(1);

        isInvalid(sessions, token, "Session token is expired.");
        isInvalid(sessions, token, "Session token is expired.");
    }

    @Test
    void aSessionMayHaveNoEnd() {
        Sessions sessions = start(options -> options.set("expireInactiveSessions", false));
        String token = sessions.create(userId, null, null);

        now = now.plus(YEAR).plus(YEAR);

        assertThat(sessions.resolve(token).userId()).isEqualTo(userId);
        assertThat(sessions.find(token).orElseThrow().has("expiresAt")).isFalse();
    }

    @Test
    void useInTheSecondHalfOfItsLifeExtendsASession() {
        Sessions sessions = start(options -> options.set("extendSessionOnUse", true));
        String token = sessions.create(userId, null, null);
        Date end = (Date) sessions.find(token).orElseThrow().get("expiresAt");

        now = now.plus(YEAR.dividedBy(2)).minusSeconds(1);
        sessions.resolve(token);
        assertThat(sessions.find(token).orElseThrow().get("expiresAt")).isEqualTo(end);

        now = now.plusSeconds(1);
        sessions.resolve(token);
        assertThat(sessions.find(token).orElseThrow().get("expiresAt"))
                .isEqualTo(new Date(now.plus(YEAR).toEpochMilli()));
    }

    @Test
    void sessionsAreNotExtendedUnlessTheOptionSaysSo() {
        Sessions sessions = start();
        String token = sessions.create(userId, null, null);

        now = now.plus(YEAR.dividedBy(2)).plusSeconds(1);
        storage.calls();
        sessions.resolve(token);

        assertThat(storage.calls()).noneMatch(call -> call.startsWith("update"));
    }

    @Test
    void oneInstallationHasOneSessionOfAUser() {
        Sessions sessions = start();
        String first = sessions.create(userId, null, "phone");
        String tablet = sessions.create(userId, null, "tablet");
        String nowhere = sessions.create(userId, null, null);
        sessions.resolve(first);

        String second = sessions.create(userId, null, "phone");

        isInvalid(sessions, first, "Invalid session token");
        assertThat(sessions.resolve(tablet).userId()).isEqualTo(userId);
        assertThat(sessions.resolve(nowhere).userId()).isEqualTo(userId);
        assertThat(sessions.resolve(second).userId()).isEqualTo(userId);
    }

    @Test
    void anEndedSessionIsForgottenAtOnce() {
        Sessions sessions = start();
        String token = sessions.create(userId, null, null);
        sessions.resolve(token);

        assertThat(sessions.end(token)).isPresent();

        isInvalid(sessions, token, "Invalid session token");
        assertThat(sessions.end(token)).isEmpty();
    }

    @Test
    void aChangeOfTheUserIsSeenAtOnce() {
        Sessions sessions = start();
        String token = sessions.create(userId, null, null);
        sessions.resolve(token);

        core.as(Auth.MASTER).put("/users/" + userId, "{'nick':'A'}").json();

        assertThat(sessions.resolve(token).user().get("nick")).isEqualTo(ParseValue.of("A"));
    }

    @Test
    void purgingSessionsForgetsThem() {
        Sessions sessions = start();
        String token = sessions.create(userId, null, null);
        sessions.resolve(token);

        core.as(Auth.MASTER).delete("/purge/_Session").answers(200, "{}");

        isInvalid(sessions, token, "Invalid session token");
    }

    @Test
    void aUserCalledLikeARoleHasNoSession() {
        Sessions sessions = start();
        core.accounts().rows().insert(ParseObject.of("_User", Obj.of("objectId", ParseValue.of("role:admin"))));
        String token = sessions.create("role:admin", null, null);

        assertThatThrownBy(() -> sessions.resolve(token)).hasMessage("Invalid object ID.");
    }
}
