package dev.kami.parse.rest;

import dev.kami.parse.options.Options;
import dev.kami.parse.options.PushOptions;

/**
 * The options {@code installation.*}: what becomes of another installation that has the device token of this one.
 *
 * @param clears it only loses the field that is in the way; otherwise it is deleted
 * @param withRightsOfCaller only if the caller may do that to it; otherwise in any case
 * @param installationIdWins of two rows for one device the one with the installation id stays, otherwise the one with the
 *     device token
 */
record DeviceTokenOptions(boolean clears, boolean withRightsOfCaller, boolean installationIdWins) {
    public static DeviceTokenOptions from(Options options) {
        return new DeviceTokenOptions(
                "update".equals(options.get(PushOptions.INSTALLATION_DUPLICATE_DEVICE_TOKEN_ACTION)),
                options.is(PushOptions.INSTALLATION_DUPLICATE_DEVICE_TOKEN_ACTION_ENFORCE_AUTH),
                "installationId".equals(options.get(PushOptions.INSTALLATION_DUPLICATE_DEVICE_TOKEN_MERGE_PRIORITY)));
    }
}
