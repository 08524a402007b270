package dev.kami.parse.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TriggerTypeTest {
    @Test
    void triggersAreFoundByTheNamesOfCloudCode() {
        assertThat(TriggerType.of("beforeSave")).contains(TriggerType.BEFORE_SAVE);
        assertThat(TriggerType.of("BEFORE_SAVE")).isEmpty();
    }

    @Test
    void sessionsOnlyHaveATriggerAfterLogout() {
        for (TriggerType type : TriggerType.values()) {
            assertThat(type.allowedOn("_Session")).isEqualTo(type == TriggerType.AFTER_LOGOUT);
        }
    }

    @Test
    void logInBelongsToUsers() {
        assertThat(TriggerType.BEFORE_LOGIN.allowedOn("_User")).isTrue();
        assertThat(TriggerType.BEFORE_LOGIN.allowedOn("GameScore")).isFalse();
        assertThat(TriggerType.BEFORE_SAVE.allowedOn("GameScore")).isTrue();
        assertThat(TriggerType.BEFORE_SAVE.allowedOn("_PushStatus")).isFalse();
    }
}
