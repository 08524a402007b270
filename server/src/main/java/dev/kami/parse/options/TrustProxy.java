package dev.kami.parse.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which forwarded address is the client: the option {@code trustProxy} with the meaning it has in
 * Express.
 *
 * <ul>
 *   <li>{@code false}, nothing or an empty list: the address of the connection;
 *   <li>{@code true}: the first entry of {@code X-Forwarded-For};
 *   <li>a number n: the address n steps away from this server;
 *   <li>addresses, subnets, {@code loopback}, {@code linklocal}, {@code uniquelocal}, as a list or
 *       separated by commas: the last address that is not in them.
 * </ul>
 */
public final class TrustProxy {
    private static final TrustProxy NOBODY = new TrustProxy(0, null);
    private static final TrustProxy EVERYBODY = new TrustProxy(Integer.MAX_VALUE, null);

    /** How many addresses next to this server are trusted, whoever they are. */
    private final int hops;

    private final IpRanges trusted;

    private TrustProxy(int hops, IpRanges trusted) {
        this.hops = hops;
        this.trusted = trusted;
    }

    public static TrustProxy of(Options options) {
        return of(options.get(RequestOptions.TRUST_PROXY));
    }

    static TrustProxy of(Object value) {
        return switch (value) {
            case null -> NOBODY;
            case Boolean all -> all ? EVERYBODY : NOBODY;
            case Number count -> new TrustProxy(Math.max(0, count.intValue()), null);
            case String text -> addresses(List.of(text.split(",")));
            case List<?> list
            when list.stream().allMatch(String.class::isInstance) ->
                addresses(list.stream().map(String.class::cast).toList());
            default ->
                throw new OptionsException("Option trustProxy must be true, false, a number of proxies or a list"
                        + " of addresses, got " + OptionJson.text(value) + ".");
        };
    }

    private static TrustProxy addresses(List<String> names) {
        if (names.isEmpty()) {
            return NOBODY;
        }
        var ranges = new ArrayList<String>();
        for (String name : names) {
            String entry = name.strip();
            switch (entry.toLowerCase(Locale.ROOT)) {
                case "loopback" -> ranges.addAll(List.of("127.0.0.1/8", "::1/128"));
                case "linklocal" -> ranges.addAll(List.of("169.254.0.0/16", "fe80::/10"));
                case "uniquelocal" ->
                    ranges.addAll(List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"));
                default -> {
                    if (!IpRanges.isRange(entry)) {
                        throw new OptionsException("Option trustProxy contains \"" + entry
                                + "\", which is no address, subnet, loopback, linklocal or uniquelocal.");
                    }
                    ranges.add(entry);
                }
            }
        }
        return new TrustProxy(0, IpRanges.of(ranges));
    }

    /**
     * @param connection address of the peer of this connection
     * @param forwardedFor value of {@code X-Forwarded-For} (several headers joined with commas), or null
     * @return the address to take for the client's, as it is written there
     */
    public String clientAddress(String connection, String forwardedFor) {
        if (forwardedFor == null || forwardedFor.isEmpty() || hops == 0 && trusted == null) {
            return connection;
        }
        String current = connection;
        int end = forwardedFor.length();
        int step = 0;
        while (end >= 0 && trusts(current, step)) {
            int comma = forwardedFor.lastIndexOf(',', end - 1);
            String next = forwardedFor.substring(comma + 1, end).strip();
            if (!next.isEmpty()) {
                current = next;
                step++;
            }
            end = comma;
        }
        return current;
    }

    private boolean trusts(String address, int step) {
        return trusted == null ? step < hops : trusted.contains(address);
    }
}
