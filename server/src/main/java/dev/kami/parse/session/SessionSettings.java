package dev.kami.parse.session;

import dev.kami.parse.options.CoreOptions;
import dev.kami.parse.options.DatabaseOptions;
import dev.kami.parse.options.ObjectOptions;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.UserOptions;
import java.time.Duration;

/**
 * The options about sessions.
 *
 * @param appId begins the keys of the cache
 * @param length life of a session
 * @param expire whether sessions end at all
 * @param extendOnUse a session that is used in the second half of its life begins a new one
 * @param cacheLifetime how long a user and his roles are remembered
 */
public record SessionSettings(
        String appId, Duration length, boolean expire, boolean extendOnUse, Duration cacheLifetime, int objectIdSize) {

    public static SessionSettings from(Options options) {
        return new SessionSettings(
                options.get(CoreOptions.APP_ID),
                Duration.ofSeconds(options.get(UserOptions.SESSION_LENGTH)),
                options.is(UserOptions.EXPIRE_INACTIVE_SESSIONS),
                options.is(UserOptions.EXTEND_SESSION_ON_USE),
                Duration.ofMillis(Math.max(1, options.get(DatabaseOptions.CACHE_TTL))),
                options.get(ObjectOptions.OBJECT_ID_SIZE));
    }
}
