package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Attempts.obj;
import static dev.kami.parse.auth.provider.Attempts.refusal;
import static dev.kami.parse.auth.provider.Attempts.settings;
import static dev.kami.parse.auth.provider.Attempts.signUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a real directory in memory, over plain connections and over TLS. */
@Timeout(60)
class LdapTest {
    private static final String SUFFIX = "dc=example,dc=com";
    private static final Certificates AUTHORITY = Certificates.authority(
            "CN=Directory CA",
            Instant.now().minus(Duration.ofDays(1)),
            Instant.now().plus(Duration.ofDays(1)));

    private static InMemoryDirectoryServer directory;

    @BeforeAll
    static void start() throws LDAPException, GeneralSecurityException, IOException {
        var config = new InMemoryDirectoryServerConfig(SUFFIX);
        config.setSchema(null);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("plain", loopback, 0, null),
                secure("right", loopback, "127.0.0.1"),
                secure("other-host", loopback, "ldap.example.com"));
        directory = new InMemoryDirectoryServer(config);
        entry("dn: dc=example,dc=com", "objectClass: domain", "dc: example");
        user("ann", "secret");
        user("bob", "hidden");
        user("a\\,b\\+c\\=d", "odd");
        group("admins", "ann");
        group("writers", "bob");
        directory.startListening();
    }

    private static InMemoryListenerConfig secure(String name, InetAddress address, String host)
            throws GeneralSecurityException, IOException, LDAPException {
        Certificates own = AUTHORITY.issue(
                "CN=" + name,
                Instant.now().minus(Duration.ofDays(1)),
                Instant.now().plus(Duration.ofDays(1)),
                host);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", own.keys().getPrivate(), new char[] {'x'}, new Certificate[] {
            own.certificate(), AUTHORITY.certificate()
        });
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[] {'x'});
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return InMemoryListenerConfig.createLDAPSConfig(
                name, address, 0, context.getServerSocketFactory(), context.getSocketFactory());
    }

    private static void entry(String... lines) throws LDAPException {
        try {
            directory.add(lines);
        } catch (LDIFException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void user(String name, String password) throws LDAPException {
        entry("dn: uid=" + name + "," + SUFFIX, "objectClass: account", "userPassword: " + password);
    }

    private static void group(String name, String member) throws LDAPException {
        entry("dn: cn=" + name + "," + SUFFIX, "objectClass: posixGroup", "cn: " + name, "memberUid: " + member);
    }

    @AfterAll
    static void stop() {
        directory.shutDown(true);
    }

    private static Ldap open(Map<String, ?> more) {
        var options = new HashMap<String, Object>(
                Map.of("suffix", SUFFIX, "url", "ldap://127.0.0.1:" + directory.getListenPort("plain")));
        options.putAll(more);
        return new Ldap(settings(options));
    }

    private static Obj user(String id) {
        return Obj.of("id", new Str(id), "password", new Str("secret"));
    }

    /** The password was stored and shown to whoever could read the user (fixed in 4.5.0). */
    @Test
    void thePasswordOpensTheDoorAndIsNotStored() {
        assertThat(signUp(open(Map.of()), user("ann"))).isEqualTo(obj("{\"id\":\"ann\"}"));
    }

    @Test
    void aWrongPasswordOrNameIsRefusedAlike() {
        String wrong = "101 LDAP: Wrong username or password";
        assertThat(refusal(open(Map.of()), user("bob"))).isEqualTo(wrong);
        assertThat(refusal(open(Map.of()), user("nobody"))).isEqualTo(wrong);
        assertThat(refusal(open(Map.of()), obj("{\"id\":{\"$ne\":1},\"password\":\"secret\"}")))
                .isEqualTo(wrong);
    }

    /** Directories take a bind without a password for one of nobody and answer success. */
    @Test
    void noPasswordIsAWrongPassword() {
        for (String password : List.of("\"\"", "null", "0", "{}")) {
            assertThat(refusal(open(Map.of()), obj("{\"id\":\"ann\",\"password\":" + password + "}")))
                    .isEqualTo("101 LDAP: Wrong username or password");
        }
        assertThat(refusal(open(Map.of()), obj("{\"id\":\"ann\"}"))).isEqualTo("101 LDAP: Wrong username or password");
    }

    /** A name could end its part of the distinguished name and begin another (fixed in 9.6.0). */
    @Test
    void aNameIsOneValueOfTheDistinguishedName() {
        for (String id :
                List.of("ann,dc=example,dc=com", "nobody+uid=ann", "ann,", "nobody,uid=ann", "\\61nn", "ann\\00")) {
            assertThat(refusal(open(Map.of()), user(id))).as(id).startsWith("101 LDAP: ");
        }
        signUp(open(Map.of()), obj("{\"id\":\"a,b+c=d\",\"password\":\"odd\"}"));
        var template = Map.of("dn", "uid={{id}}," + SUFFIX);
        signUp(open(template), obj("{\"id\":\"a,b+c=d\",\"password\":\"odd\"}"));
        signUp(open(template), user("ann"));
        assertThat(refusal(open(template), user("nobody+uid=ann"))).isEqualTo("101 LDAP: Wrong username or password");
    }

    @Test
    void theUserMustBeInTheGroup() {
        Map<String, ?> admins = Map.of("groupCn", "admins", "groupFilter", "(memberUid={{id}})");
        signUp(open(admins), user("ann"));
        assertThat(refusal(open(admins), obj("{\"id\":\"bob\",\"password\":\"hidden\"}")))
                .isEqualTo("1 LDAP: User not in group");
    }

    /** A name could rewrite the filter (fixed in 9.6.0). */
    @Test
    void aNameIsOneValueOfTheFilter() throws LDAPException {
        entry("dn: uid=\\*," + SUFFIX, "objectClass: account", "userPassword: secret");
        entry("dn: uid=x)(cn\\=\\*," + SUFFIX, "objectClass: account", "userPassword: secret");
        Map<String, ?> admins = Map.of("groupCn", "admins", "groupFilter", "(|(memberUid={{ID}})(owner={{id}}))");
        assertThat(refusal(open(admins), user("*"))).isEqualTo("1 LDAP: User not in group");
        assertThat(refusal(open(admins), user("x)(cn=*"))).isEqualTo("1 LDAP: User not in group");
        signUp(open(admins), user("ann"));
    }

    @Test
    void aBrokenFilterIsAFailedSearch() {
        assertThat(refusal(open(Map.of("groupCn", "admins", "groupFilter", "((")), user("ann")))
                .isEqualTo("1 LDAP group search failed");
        assertThat(refusal(
                        open(Map.of(
                                "suffix",
                                "dc=elsewhere",
                                "dn",
                                "uid={{id}}," + SUFFIX,
                                "groupCn",
                                "a",
                                "groupFilter",
                                "(a=b)")),
                        user("ann")))
                .isEqualTo("1 LDAP group search failed");
    }

    @Test
    void withoutOptionsLogInsSaySo() {
        for (Map<String, ?> options : Arrays.<Map<String, ?>>asList(
                null,
                Map.of(),
                Map.of("url", "ldap://localhost"),
                Map.of("suffix", SUFFIX),
                Map.of("suffix", SUFFIX, "url", "http://localhost"),
                Map.of("suffix", SUFFIX, "url", "ldaps://localhost"))) {
            assertThat(refusal(new Ldap(settings(options)), user("ann")))
                    .isEqualTo("1 LDAP auth configuration missing");
        }
        assertThatThrownBy(() -> open(Map.of("url", "ldap://host:x")))
                .isInstanceOf(OptionsException.class)
                .hasMessageStartingWith("Option auth.test.url is no LDAP address");
        assertThatThrownBy(() -> open(Map.of("tlsOptions", Map.of("ca", "x"))))
                .hasMessage("Option auth.ldap.tlsOptions.ca is no certificate in PEM form.");
    }

    @Test
    void aDirectoryThatIsNotThereIsTold() throws IOException {
        int port;
        try (var unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = unused.getLocalPort();
        }
        assertThat(refusal(open(Map.of("url", "ldap://127.0.0.1:" + port)), user("ann")))
                .matches("101 LDAP: Somthing went wrong \\(\\d+\\)");
    }

    private static Map<String, Object> tls(String listener, Map<String, ?> options) {
        return Map.of("url", "ldaps://127.0.0.1:" + directory.getListenPort(listener), "tlsOptions", options);
    }

    @Test
    void aCertificateOfTheConfiguredAuthorityIsTrusted() {
        signUp(open(tls("right", Map.of("ca", AUTHORITY.pem()))), user("ann"));
        signUp(open(tls("right", Map.of("ca", List.of(AUTHORITY.pem())))), user("ann"));
        assertThat(refusal(open(tls("right", Map.of("ca", AUTHORITY.pem()))), user("bob")))
                .isEqualTo("101 LDAP: Wrong username or password");
    }

    @Test
    void anUnknownCertificateIsAMismatch() {
        assertThat(refusal(open(tls("right", Map.of())), user("ann"))).isEqualTo("101 LDAPS: Certificate mismatch");
    }

    @Test
    void aCertificateForAnotherHostIsAMismatch() {
        assertThat(refusal(open(tls("other-host", Map.of("ca", AUTHORITY.pem()))), user("ann")))
                .isEqualTo("101 LDAPS: Certificate mismatch");
    }

    @Test
    void theCheckOfCertificatesCanBeSwitchedOff() {
        signUp(open(tls("right", Map.of("rejectUnauthorized", false))), user("ann"));
        signUp(open(tls("other-host", Map.of("rejectUnauthorized", false))), user("ann"));
    }
}
