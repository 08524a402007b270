package dev.kami.parse.api;

import dev.kami.parse.api.Incoming.SentKeys;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.options.CoreOptions;
import dev.kami.parse.options.IpRanges;
import dev.kami.parse.options.KeyOptions;
import dev.kami.parse.options.Option;
import dev.kami.parse.options.Options;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The keys of this server, and what a client may do who sends them. Keys are compared in constant time. A wrong master
 * or maintenance key is not an error, it is simply no master key.
 */
public final class Keys {
    /** A key that is good only from some addresses. */
    private record Guarded(byte[] key, IpRanges from, String name, String ipOption) {}

    private final String appId;
    private final Guarded maintenance;
    private final Guarded master;
    private final Guarded readOnly;
    private final byte[] client;
    private final byte[] javascript;
    private final byte[] dotNet;
    private final byte[] rest;
    private final boolean clientKeyNeeded;
    private final Log log;

    public Keys(Options options, Log log) {
        this.log = log;
        appId = options.get(CoreOptions.APP_ID);
        maintenance = new Guarded(
                key(options, KeyOptions.MAINTENANCE_KEY),
                IpRanges.of(options.get(KeyOptions.MAINTENANCE_KEY_IPS)),
                "maintenance key",
                "maintenanceKeyIps");
        master = new Guarded(
                key(options, CoreOptions.MASTER_KEY),
                IpRanges.of(options.get(KeyOptions.MASTER_KEY_IPS)),
                "master key",
                "masterKeyIps");
        readOnly = new Guarded(
                key(options, KeyOptions.READ_ONLY_MASTER_KEY),
                IpRanges.of(options.get(KeyOptions.READ_ONLY_MASTER_KEY_IPS)),
                "read-only master key",
                "readOnlyMasterKeyIps");
        client = key(options, KeyOptions.CLIENT_KEY);
        javascript = key(options, KeyOptions.JAVASCRIPT_KEY);
        dotNet = key(options, KeyOptions.DOT_NET_KEY);
        rest = key(options, KeyOptions.REST_API_KEY);
        clientKeyNeeded = client != null || javascript != null || dotNet != null || rest != null;
    }

    private static byte[] key(Options options, Option<String> option) {
        String key = options.get(option);
        return key == null || key.isEmpty() ? null : key.getBytes(StandardCharsets.UTF_8);
    }

    public boolean isKnownApp(String id) {
        return appId.equals(id);
    }

    public boolean isMasterKey(String key) {
        return same(master.key, key);
    }

    /**
     * @param ip address of the client
     * @return {@link Auth#NOBODY} when only a session can say more, {@code null} when a client key is needed and none fits
     * @throws ParseException 403 {@code unauthorized} for a right key from a wrong address
     */
    Auth auth(SentKeys sent, String ip) {
        if (accepts(maintenance, sent.maintenanceKey(), ip)) {
            return Auth.MAINTENANCE;
        }
        if (sent.masterKey() != null) {
            if (accepts(master, sent.masterKey(), ip)) {
                return Auth.MASTER;
            }
            if (accepts(readOnly, sent.masterKey(), ip)) {
                return Auth.READ_ONLY_MASTER;
            }
        }
        return !clientKeyNeeded || hasClientKey(sent) ? Auth.NOBODY : null;
    }

    private boolean accepts(Guarded guarded, String sent, String ip) {
        if (!same(guarded.key, sent)) {
            return false;
        }
        if (!guarded.from.contains(ip)) {
            log.error("Request using " + guarded.name + " rejected as the request IP address '" + ip
                    + "' is not set in Parse Server option '" + guarded.ipOption + "'.");
            throw ParseException.withStatus(403, "unauthorized");
        }
        return true;
    }

    private boolean hasClientKey(SentKeys sent) {
        return same(client, sent.clientKey())
                || same(javascript, sent.javascriptKey())
                || same(dotNet, sent.dotNetKey())
                || same(rest, sent.restApiKey());
    }

    private static boolean same(byte[] key, String sent) {
        return key != null && sent != null && MessageDigest.isEqual(key, sent.getBytes(StandardCharsets.UTF_8));
    }
}
