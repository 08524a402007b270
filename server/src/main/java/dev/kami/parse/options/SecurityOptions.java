package dev.kami.parse.options;

import java.util.List;

/**
 * The option {@code security}: the check for weak settings.
 *
 * @param enableCheck whether {@code GET /security} answers
 * @param enableCheckLog whether the report is logged at start
 * @param checkGroups groups to run instead of all; null for all
 */
public record SecurityOptions(boolean enableCheck, boolean enableCheckLog, List<Object> checkGroups) {
    public static SecurityOptions of(Options options) {
        return new SecurityOptions(
                options.is(PermissionOptions.SECURITY_ENABLE_CHECK),
                options.is(PermissionOptions.SECURITY_ENABLE_CHECK_LOG),
                options.get(PermissionOptions.SECURITY_CHECK_GROUPS));
    }
}
