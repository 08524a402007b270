package dev.kami.parse.auth.provider;

import static dev.kami.parse.auth.provider.Refusals.refused;
import static dev.kami.parse.auth.provider.Refusals.text;
import static dev.kami.parse.auth.provider.Refusals.unusable;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.util.ssl.TrustAllTrustManager;
import dev.kami.parse.auth.AuthAdapter;
import dev.kami.parse.auth.AuthAttempt;
import dev.kami.parse.auth.Outcome;
import dev.kami.parse.auth.ProviderSettings;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.value.ParseValue.Obj;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * An LDAP directory: the client sends {@code id} and {@code password}, and the server binds with them, as
 * {@code dn} with <code>{{id}}</code> in it, or as {@code uid=<id>,<suffix>}. With {@code groupCn} and {@code groupFilter}
 * the user must be in that group too, which is searched below {@code suffix}. The password is never stored.
 *
 * <p>{@code tlsOptions} of an {@code ldaps:} address as Node.js names them: {@code ca} (certificates as PEM text) and
 * {@code rejectUnauthorized}. Without {@code ca} the certificates of the JDK are trusted.
 */
final class Ldap implements AuthAdapter {
    private static final Pattern ID = Pattern.compile("\\{\\{id}}", Pattern.CASE_INSENSITIVE);
    private static final int CONNECT_MILLIS = 5_000;
    private static final int ANSWER_MILLIS = 10_000;

    /** {@code null} when the options are missing or incomplete; then every log-in says so. */
    private final LDAPURL url;

    private final String suffix;
    private final String dn;
    private final String groupCn;
    private final String groupFilter;
    private final boolean checkCertificate;
    private final List<Certificate> authorities;

    Ldap(ProviderSettings settings) {
        this.url = url(settings);
        this.suffix = settings.text("suffix");
        this.dn = settings.text("dn");
        this.groupCn = settings.text("groupCn");
        this.groupFilter = settings.text("groupFilter");
        ProviderSettings tls = settings.inside("tlsOptions");
        this.checkCertificate = !Boolean.FALSE.equals(tls.get("rejectUnauthorized"));
        this.authorities = authorities(tls.oneOrMore("ca"));
    }

    private static LDAPURL url(ProviderSettings settings) {
        String url = settings.text("url");
        if (url == null || settings.text("suffix") == null) {
            return null;
        }
        boolean plain = url.startsWith("ldap://");
        boolean secure =
                url.startsWith("ldaps://") && settings.inside("tlsOptions").isConfigured();
        try {
            return plain || secure ? new LDAPURL(url) : null;
        } catch (LDAPException e) {
            throw new OptionsException(
                    "Option auth." + settings.provider() + ".url is no LDAP address: " + e.getMessage());
        }
    }

    private static List<Certificate> authorities(List<String> pem) {
        if (pem == null) {
            return List.of();
        }
        try {
            return List.copyOf(CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(String.join("\n", pem).getBytes(UTF_8))));
        } catch (CertificateException e) {
            throw new OptionsException("Option auth.ldap.tlsOptions.ca is no certificate in PEM form.");
        }
    }

    /** The password is gone from what is stored, whatever happens later. */
    @Override
    public Outcome validate(Obj authData, AuthAttempt attempt) {
        if (url == null) {
            throw unusable("LDAP auth configuration missing");
        }
        String id = text(authData, "id");
        String password = text(authData, "password");
        // A bind without a password is one of nobody, and many directories allow it.
        if (id == null || password == null) {
            throw refused("LDAP: Wrong username or password");
        }
        try (LDAPConnection connection = connect()) {
            bind(connection, id, password);
            if (groupCn != null && groupFilter != null) {
                requireGroup(connection, id);
            }
        }
        return Outcome.store(authData.without("password"));
    }

    private LDAPConnection connect() {
        var options = new LDAPConnectionOptions();
        options.setUseSynchronousMode(true);
        options.setConnectTimeoutMillis(CONNECT_MILLIS);
        options.setResponseTimeoutMillis(ANSWER_MILLIS);
        options.setFollowReferrals(false);
        SocketFactory sockets = null;
        if (url.getScheme().equals("ldaps")) {
            sockets = checkCertificate ? new HostCheckingSockets(sockets()) : sockets();
        }
        try {
            return new LDAPConnection(sockets, options, url.getHost(), url.getPort());
        } catch (LDAPException e) {
            throw wentWrong(e);
        }
    }

    private SocketFactory sockets() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot set up TLS for the directory", e);
        }
    }

    private TrustManager[] trust() throws GeneralSecurityException, IOException {
        if (!checkCertificate) {
            return new TrustManager[] {new TrustAllTrustManager()};
        }
        KeyStore store = null;
        if (!authorities.isEmpty()) {
            store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("ca" + i, authorities.get(i));
            }
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private void bind(LDAPConnection connection, String id, String password) {
        String escaped = escape(id);
        String name = dn == null ? "uid=" + escaped + "," + suffix : replaced(dn, escaped);
        try {
            connection.bind(name, password);
        } catch (LDAPException e) {
            throw wentWrong(e);
        }
    }

    private void requireGroup(LDAPConnection connection, String id) {
        boolean member;
        try {
            // The name is asked for besides the filter of the options, so a user of many groups costs one answer.
            var filter = Filter.createANDFilter(
                    Filter.create(replaced(groupFilter, Filter.encodeValue(id))),
                    Filter.createEqualityFilter("cn", groupCn));
            member = connection.search(suffix, SearchScope.SUB, filter, "cn").getSearchEntries().stream()
                    .anyMatch(this::isGroup);
        } catch (LDAPException _) {
            throw unusable("LDAP group search failed");
        }
        if (!member) {
            throw unusable("LDAP: User not in group");
        }
    }

    private boolean isGroup(SearchResultEntry entry) {
        String[] names = entry.getAttributeValues("cn");
        return names != null && List.of(names).contains(groupCn);
    }

    /** The value of a distinguished name as RFC 4514 writes it, so that it cannot end and begin something else. */
    private static String escape(String id) {
        return new RDN("x", id).toString().substring("x=".length());
    }

    private static String replaced(String template, String value) {
        return ID.matcher(template).replaceAll(Matcher.quoteReplacement(value));
    }

    private static RuntimeException wentWrong(LDAPException e) {
        if (ResultCode.INVALID_CREDENTIALS.equals(e.getResultCode())) {
            return refused("LDAP: Wrong username or password");
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLHandshakeException) {
                return refused("LDAPS: Certificate mismatch");
            }
        }
        return refused("LDAP: Somthing went wrong (" + e.getResultCode().intValue() + ")");
    }
}
