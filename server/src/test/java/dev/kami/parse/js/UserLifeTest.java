package dev.kami.parse.js;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of users with the published JavaScript SDK: from the sign-up over real mails and the pages behind their links to
 * the second factor. Two servers: one that lets everybody in at once, one that first wants the address confirmed.
 */
class UserLifeTest {
    @Test
    void usersSignUpForgetPasswordsLinkProvidersAndUseASecondFactor(@TempDir Path folder) throws Exception {
        run("user-life", folder, false);
    }

    @Test
    void usersComeInWhenTheirAddressIsConfirmed(@TempDir Path folder) throws Exception {
        run("confirmed-address", folder, true);
    }

    private static void run(String name, Path folder, boolean confirmedOnly) throws Exception {
        NodeProject.SDK.install();
        int port = ServerProcess.freePort();
        try (var outside = new Outside()) {
            Path options = Files.writeString(folder.resolve("options.json"), """
                    {
                      "appName": "Life",
                      "publicServerURL": "%s",
                      "emailAdapter": {
                        "module": "smtp",
                        "options": {"host": "127.0.0.1", "port": %d, "from": "Life <no-reply@example.org>"}
                      },
                      "verifyUserEmails": true,
                      "preventLoginWithUnverifiedEmail": %b,
                      "accountLockout": {"threshold": 3, "duration": 10, "unlockOnPasswordReset": true},
                      "passwordPolicy": {"validatorPattern": "^.{6,}$", "validationError": "Six characters, please."},
                      "auth": {
                        "mfa": {"options": ["TOTP"]},
                        "myLogin": {"oauth2": true, "tokenIntrospectionEndpointUrl": "%s/introspect"}
                      }
                    }
                    """.formatted(
                            ServerProcess.url(port), outside.smtpPort(), confirmedOnly, outside.url()));
            try (var server = ServerProcess.start(port, name + "-server", folder, options.toString())) {
                NodeProject.SDK.test(
                        server, name + ".log", Map.of("OUTSIDE_URL", outside.url()), "accounts/" + name + ".js");
            }
        }
    }
}
