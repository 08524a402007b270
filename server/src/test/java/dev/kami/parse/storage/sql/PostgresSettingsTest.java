package dev.kami.parse.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses of PostgreSQL databases as the genuine server understands them, and options beside them. */
class PostgresSettingsTest {
    private static PostgresSettings of(String uri) {
        return PostgresSettings.of(uri, Map.of());
    }

    @Test
    void everyPartHasItsPlaceAndMayBePercentEncoded() {
        PostgresSettings settings = of("postgres://us%40er:p%3Aa%2Fss%40@db.example.org:6000/my%20db");
        assertThat(settings.user()).isEqualTo("us@er");
        assertThat(settings.driver()).containsEntry("password", "p:a/ss@");
        assertThat(settings.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example.org:6000/my+db");
        assertThat(settings.toString()).contains("db.example.org:6000").doesNotContain("p:a");
        assertThat(of("postgresql://a:b@c@h/d").driver()).containsEntry("password", "b@c");
    }

    @Test
    void whatIsLeftOutIsTheStandard() {
        PostgresSettings settings = of("postgres://ann@/");
        assertThat(settings.jdbcUrl()).isEqualTo("jdbc:postgresql://localhost:5432/ann");
        assertThat(settings.poolSize()).isEqualTo(10);
        assertThat(settings.statementTimeout()).isZero();
        assertThat(of("postgres://ann@[::1]:7000/x").jdbcUrl()).isEqualTo("jdbc:postgresql://[::1]:7000/x");
        assertThat(of("postgres://ann@[::1]/x").jdbcUrl()).isEqualTo("jdbc:postgresql://[::1]:5432/x");
    }

    @Test
    void theKeysOfTheGenuineServerCount() {
        PostgresSettings settings = of("postgres://u@h/d?poolSize=20&query_timeout=5000&idleTimeoutMillis=30000"
                + "&keepAlive=false&application_name=my%20app&fallback_application_name=other&client_encoding=UTF8"
                + "&binary=true&secureOptions=5");
        assertThat(settings.poolSize()).isEqualTo(20);
        assertThat(settings.statementTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.idleTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.driver())
                .containsEntry("ApplicationName", "my app")
                .containsEntry("tcpKeepAlive", "false")
                .doesNotContainKey("ssl");
        assertThat(of("postgres://u@h/d?poolSize=20&max=30x").poolSize()).isEqualTo(30);
        assertThat(of("postgres://u@h/d?max=x").poolSize()).isEqualTo(10);
        assertThat(of("postgres://u@h/d?fallback_application_name=f").driver()).containsEntry("ApplicationName", "f");
    }

    @Test
    void databaseOptionsComeBeforeTheAddress() {
        PostgresSettings settings = PostgresSettings.of(
                "postgres://u@h/d?max=20&query_timeout=5000&application_name=a",
                Map.of(
                        "maxPoolSize",
                        5L,
                        "minPoolSize",
                        2L,
                        "maxTimeMS",
                        100_000L,
                        "waitQueueTimeoutMS",
                        700L,
                        "appName",
                        "b",
                        "connectTimeoutMS",
                        3_000L));
        assertThat(settings.poolSize()).isEqualTo(5);
        assertThat(settings.minimumIdle()).isEqualTo(2);
        assertThat(settings.poolWait()).isEqualTo(Duration.ofMillis(700));
        assertThat(settings.statementTimeout()).isEqualTo(Duration.ofSeconds(100));
        assertThat(settings.driver())
                .containsEntry("ApplicationName", "b")
                .containsEntry("connectTimeout", "3")
                .containsEntry("socketTimeout", "110"); // longer than any statement may take
    }

    @Test
    void certificatesAreCheckedUnlessSomebodySaysNo(@TempDir Path folder) throws Exception {
        String file = Files.createFile(folder.resolve("x.pem")).toString();
        assertThat(of("postgres://u@h/d?ssl=true").driver())
                .containsEntry("ssl", "true")
                .containsEntry("sslmode", "verify-full")
                .containsEntry("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        assertThat(of("postgres://u@h/d?ca=" + file).driver())
                .containsEntry("sslmode", "verify-full")
                .containsEntry("sslrootcert", file)
                .doesNotContainKey("sslfactory");
        assertThat(of("postgres://u@h/d?ssl=true&rejectUnauthorized=false").driver())
                .containsEntry("sslmode", "require")
                .doesNotContainKey("sslfactory");
        assertThat(of("postgres://u@h/d?cert=" + file + "&key=" + file + "&passphrase=p&ca=" + file)
                        .driver())
                .containsEntry("sslcert", file)
                .containsEntry("sslkey", file)
                .containsEntry("sslpassword", "p");
    }
}
