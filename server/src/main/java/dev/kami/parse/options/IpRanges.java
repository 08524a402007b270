package dev.kami.parse.options;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * A list of addresses and subnets ({@code 127.0.0.1}, {@code 10.0.0.0/8}, {@code ::1}, {@code ::/0})
 * that answers whether an address is in it. Never asks a name service.
 *
 * <p>An IPv4 address is compared in its mapped IPv6 form ({@code ::ffff:127.0.0.1} is {@code
 * 127.0.0.1}), but {@code ::/0} covers only real IPv6 addresses and {@code 0.0.0.0/0} only IPv4, as in
 * the npm server. {@code ::0} alone opens all of IPv6 and {@code 0.0.0.0} all of IPv4 too.
 */
public final class IpRanges {
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    /** High and low half of an IPv6 address; IPv4 is kept in the low half, marked by the flag. */
    private record Address(long high, long low, boolean v4) {}

    private record Range(long high, long low, long highMask, long lowMask, boolean v4) {
        boolean contains(Address address) {
            return address.v4 == v4 && (address.high & highMask) == high && (address.low & lowMask) == low;
        }
    }

    private final Range[] ranges;

    private IpRanges(List<Range> ranges) {
        this.ranges = ranges.toArray(Range[]::new);
    }

    /**
     * @param entries addresses, or subnets in CIDR form
     * @throws OptionsException when an entry is neither
     */
    public static IpRanges of(List<String> entries) {
        var ranges = new ArrayList<Range>(entries.size());
        for (String entry : entries) {
            Range range = range(entry);
            if (range == null) {
                throw new OptionsException("\"" + entry + "\" is no IP address or subnet.");
            }
            ranges.add(range);
        }
        return new IpRanges(ranges);
    }

    /** Whether the text is an IPv4 or IPv6 address as the connection gives it; anything else is in no range. */
    public boolean contains(String address) {
        Address parsed = parse(address);
        if (parsed == null) {
            return false;
        }
        for (Range range : ranges) {
            if (range.contains(parsed)) {
                return true;
            }
        }
        return false;
    }

    /** The same for an address that is at hand as an object; cheaper than its text. */
    public boolean contains(InetAddress address) {
        Address parsed = of(address.getAddress());
        for (Range range : ranges) {
            if (range.contains(parsed)) {
                return true;
            }
        }
        return false;
    }

    static boolean isAddress(String text) {
        return parse(text) != null;
    }

    static boolean isRange(String text) {
        return range(text) != null;
    }

    private static Range range(String text) {
        int slash = text.indexOf('/');
        Address address = parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        int width = address.v4 ? IPV4_BITS : IPV6_BITS;
        int bits = width;
        if (slash >= 0) {
            bits = prefix(text.substring(slash + 1));
            if (bits < 0 || bits > width) {
                return null;
            }
        } else if (address.high == 0 && address.low == 0) {
            bits = 0;
        }
        long highMask = address.v4 ? 0 : mask(Math.min(bits, 64), 64);
        long lowMask = address.v4 ? mask(bits, IPV4_BITS) : mask(Math.max(bits - 64, 0), 64);
        return new Range(address.high & highMask, address.low & lowMask, highMask, lowMask, address.v4);
    }

    private static int prefix(String digits) {
        if (digits.isEmpty() || digits.length() > 3) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** The first {@code bits} of a number of {@code width} bits. */
    private static long mask(int bits, int width) {
        return bits == 0 ? 0 : (-1L << (width - bits)) & (width == 64 ? -1L : (1L << width) - 1);
    }

    private static Address parse(String text) {
        return text.indexOf(':') >= 0 ? parseV6(text) : parseV4(text, 0);
    }

    /** Four decimal bytes from {@code start} to the end; null when they are not. */
    private static Address parseV4(String text, int start) {
        long value = 0;
        int part = -1;
        int dots = 0;
        int digits = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                part = (part < 0 ? 0 : part * 10) + (c - '0');
                if (part > 255 || ++digits > 3) {
                    return null;
                }
            } else if (c == '.' && part >= 0 && dots < 3) {
                value = value << 8 | part;
                part = -1;
                digits = 0;
                dots++;
            } else {
                return null;
            }
        }
        return dots == 3 && part >= 0 ? new Address(0, value << 8 | part, true) : null;
    }

    private static Address parseV6(String text) {
        int zone = text.indexOf('%');
        String address = zone < 0 ? text : text.substring(0, zone);
        if (!looksLikeV6(address)) {
            return null;
        }
        try {
            // A text with a colon is only parsed; a name service is never asked for it.
            return of(InetAddress.getByName(address).getAddress());
        } catch (UnknownHostException _) {
            return null; // not an address, which is the answer
        }
    }

    private static boolean looksLikeV6(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ':' && c != '.' && Character.digit(c, 16) < 0 || c > 'f') {
                return false;
            }
        }
        return true;
    }

    /** The JDK turns a mapped IPv6 address into the IPv4 address, which is what is wanted here. */
    private static Address of(byte[] bytes) {
        if (bytes.length == 4) {
            return new Address(0, bits(bytes, 0, 4), true);
        }
        return new Address(bits(bytes, 0, 8), bits(bytes, 8, 16), false);
    }

    private static long bits(byte[] bytes, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            value = value << 8 | bytes[i] & 0xff;
        }
        return value;
    }
}
