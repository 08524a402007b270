package dev.kami.parse.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddressesTest {
    private static boolean in(String range, String address) {
        return IpRanges.of(List.of(range)).contains(address);
    }

    @Test
    void singleAddressesMatchThemselvesInEitherForm() throws UnknownHostException {
        assertThat(in("127.0.0.1", "127.0.0.1")).isTrue();
        assertThat(in("127.0.0.1", "::ffff:127.0.0.1")).isTrue();
        assertThat(in("127.0.0.1", "127.0.0.2")).isFalse();
        assertThat(in("::1", "0:0:0:0:0:0:0:1")).isTrue();
        assertThat(in("::1", "::1%lo")).isTrue();
        assertThat(in("fe80::1", "FE80::1")).isTrue();
        assertThat(IpRanges.of(List.of("::1")).contains(InetAddress.getByName("::1")))
                .isTrue();
    }

    @Test
    void subnetsMatchTheirAddresses() {
        assertThat(in("10.0.0.0/8", "10.255.1.2")).isTrue();
        assertThat(in("10.0.0.0/8", "11.0.0.0")).isFalse();
        assertThat(in("192.168.1.128/25", "192.168.1.127")).isFalse();
        assertThat(in("2001:db8::/33", "2001:db8:7fff::1")).isTrue();
        assertThat(in("2001:db8::/33", "2001:db8:8000::1")).isFalse();
        assertThat(in("2001:db8::/96", "2001:db8::ffff:1")).isTrue();
        assertThat(in("2001:db8::/96", "2001:db8::1:0:1")).isFalse();
    }

    @Test
    void theWholeFamilyIsOpenedByZero() {
        assertThat(in("0.0.0.0/0", "8.8.8.8")).isTrue();
        assertThat(in("0.0.0.0/0", "::2")).isFalse();
        assertThat(in("::/0", "2001::1")).isTrue();
        assertThat(in("::/0", "8.8.8.8")).isFalse();
        assertThat(in("::0", "2001::1")).isTrue();
    }

    @Test
    void whatIsNoAddressIsInNoRange() {
        for (String text :
                List.of("", "localhost", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1..2.3", ":::", "g::1", "1.2.3.4x")) {
            assertThat(in("0.0.0.0/0", text)).as(text).isFalse();
            assertThat(in("::/0", text)).as(text).isFalse();
            assertThat(IpRanges.isAddress(text)).as(text).isFalse();
        }
        for (String text : List.of("1.2.3.4/", "1.2.3.4/33", "1.2.3.4/-1", "1.2.3.4/a", "::/129")) {
            assertThat(IpRanges.isRange(text)).as(text).isFalse();
        }
    }

    @Test
    void forwardedAddressesCountOnlyFromTrustedProxies() {
        String forwarded = "1.1.1.1, 2.2.2.2, 10.0.0.3";
        assertThat(client(null, forwarded)).isEqualTo("10.0.0.9");
        assertThat(client(List.of(), forwarded)).isEqualTo("10.0.0.9");
        assertThat(client(false, forwarded)).isEqualTo("10.0.0.9");
        assertThat(client(true, forwarded)).isEqualTo("1.1.1.1");
        assertThat(client(1, forwarded)).isEqualTo("10.0.0.3");
        assertThat(client(2, forwarded)).isEqualTo("2.2.2.2");
        assertThat(client(9, forwarded)).isEqualTo("1.1.1.1");
        assertThat(client(List.of("uniquelocal"), forwarded)).isEqualTo("2.2.2.2");
        assertThat(client("loopback, 10.0.0.9", forwarded)).isEqualTo("10.0.0.3");
        assertThat(client(List.of("loopback"), forwarded)).isEqualTo("10.0.0.9");
        assertThat(client(true, null)).isEqualTo("10.0.0.9");
        assertThat(client(true, "")).isEqualTo("10.0.0.9");
        assertThat(client(true, ", ,3.3.3.3")).isEqualTo("3.3.3.3");
    }

    private static String client(Object trustProxy, String forwarded) {
        return TrustProxy.of(trustProxy).clientAddress("10.0.0.9", forwarded);
    }

    @Test
    void pathPatternsMatchSegmentsRestsAndOptionalParts() {
        assertThat(PathPattern.of("/functions/:name").matches("/functions/hello"))
                .isTrue();
        assertThat(PathPattern.of("/functions/:name").matches("/FUNCTIONS/hello/"))
                .isTrue();
        assertThat(PathPattern.of("/functions/:name").matches("/functions/a/b")).isFalse();
        assertThat(PathPattern.of("/functions/:name").matches("/functions/")).isFalse();
        assertThat(PathPattern.of("/classes/*rest").matches("/classes/A/b")).isTrue();
        assertThat(PathPattern.of("/classes/*rest").matches("/users")).isFalse();
        assertThat(PathPattern.of("/files{/:name}").matches("/files")).isTrue();
        assertThat(PathPattern.of("/files{/:name}").matches("/files/x")).isTrue();
        assertThat(PathPattern.of("/a\\:b.c").matches("/a:b.c")).isTrue();
        assertThat(PathPattern.of("/a.c").matches("/abc")).isFalse();
    }
}
