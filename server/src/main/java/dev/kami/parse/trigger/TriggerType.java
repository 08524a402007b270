package dev.kami.parse.trigger;

import java.util.Arrays;
import java.util.Optional;

/** The triggers of Cloud Code and webhooks. */
public enum TriggerType {
    BEFORE_LOGIN("beforeLogin"),
    AFTER_LOGIN("afterLogin"),
    AFTER_LOGOUT("afterLogout"),
    BEFORE_PASSWORD_RESET_REQUEST("beforePasswordResetRequest"),
    BEFORE_SAVE("beforeSave"),
    AFTER_SAVE("afterSave"),
    BEFORE_DELETE("beforeDelete"),
    AFTER_DELETE("afterDelete"),
    BEFORE_FIND("beforeFind"),
    AFTER_FIND("afterFind"),
    BEFORE_CONNECT("beforeConnect"),
    BEFORE_SUBSCRIBE("beforeSubscribe"),
    AFTER_EVENT("afterEvent");

    private final String triggerName;

    TriggerType(String triggerName) {
        this.triggerName = triggerName;
    }

    /** As Cloud Code and the hooks API write it: {@code beforeSave}. */
    public String triggerName() {
        return triggerName;
    }

    public static Optional<TriggerType> of(String triggerName) {
        return Arrays.stream(values())
                .filter(type -> type.triggerName.equals(triggerName))
                .findFirst();
    }

    /** Log-in triggers belong to {@code _User}, log-out to {@code _Session}, and a push status is only seen afterwards. */
    public boolean allowedOn(String className) {
        return switch (this) {
            case BEFORE_LOGIN, AFTER_LOGIN, BEFORE_PASSWORD_RESET_REQUEST -> className.equals("_User");
            case AFTER_LOGOUT -> className.equals("_Session");
            case BEFORE_SAVE -> !className.equals("_Session") && !className.equals("_PushStatus");
            case AFTER_SAVE,
                    BEFORE_DELETE,
                    AFTER_DELETE,
                    BEFORE_FIND,
                    AFTER_FIND,
                    BEFORE_CONNECT,
                    BEFORE_SUBSCRIBE,
                    AFTER_EVENT -> !className.equals("_Session");
        };
    }
}
