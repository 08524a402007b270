package dev.kami.parse.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordsTest {
    private final Passwords passwords = new Passwords(new SecureRandom(), 2);

    @AfterEach
    void close() {
        passwords.close();
    }

    @Test
    void aHashBelongsToItsPasswordOnly() {
        String hash = passwords.hash("yolopass");

        assertThat(hash).startsWith("$2b$10$").hasSize(60);
        assertThat(passwords.matches("yolopass", hash)).isTrue();
        assertThat(passwords.matches("Yolopass", hash)).isFalse();
        assertThat(passwords.hash("yolopass")).isNotEqualTo(hash);
    }

    /** Made by bcryptjs (2b) and the native module (2y) that the genuine server uses; 2a by older ones. */
    @ParameterizedTest
    @CsvSource({
        "yolopass, $2b$10$sSia1Qllhw3IGh7XOovp0e5UE7sGbCPQL5ueaWfOXIsuu1xfDIxHG",
        "yolopass, $2a$10$sSia1Qllhw3IGh7XOovp0e5UE7sGbCPQL5ueaWfOXIsuu1xfDIxHG",
        "yolopass, $2y$10$bp14tHj65E27nZ8RIw1StuuQRyczNpMvb4UBxX6EPpE.KQhcSPQqe",
        "pässwörd☃, $2b$10$ll9aP3pLP0F1fmFChG4IheI.y.hWsCW2zu19sBOjgfDHVprxoGkG.",
        "pässwörd☃, $2y$10$HbjPup0ApKufHfX5/aJOE.26Ox1KXgJxqStVAViRY61Lrw9nYoR16",
    })
    void hashesOfTheGenuineServerAreRead(String password, String hash) {
        assertThat(passwords.matches(password, hash)).isTrue();
        assertThat(passwords.matches(password + "x", hash)).isFalse();
    }

    @Test
    void bytesBeyondThe72ndCountForNothingAsOnTheGenuineServer() {
        String eighty = "x".repeat(80);
        String accents = "é".repeat(40);

        assertThat(passwords.matches(eighty, "$2b$10$DJffdJWmr.P2oC3BuWhC6OBt0GBDAmhECKyER5EWomdq3rDIlLgRC"))
                .isTrue();
        assertThat(passwords.matches(eighty, "$2y$10$wanEdQXZHDtwUPkGEvr8.ezBvCkWpcJclBuqLi5ckIU4sqt4U8.Ry"))
                .isTrue();
        assertThat(passwords.matches(accents, "$2b$10$yAi78Px6us5TEiwl05nDqOKdFH2CMDYenEo7fEVvj0Qm3QazD5umO"))
                .isTrue();
        assertThat(passwords.matches("x".repeat(72), passwords.hash("x".repeat(73))))
                .isTrue();
        assertThat(passwords.matches("x".repeat(71), passwords.hash("x".repeat(73))))
                .isFalse();
    }

    @Test
    void nothingMatchesWhenThereIsNoPassword() {
        assertThat(passwords.matches("a", null)).isFalse();
        assertThat(passwords.matches("a", "")).isFalse();
        assertThat(passwords.matches("", passwords.hash("a"))).isFalse();
        assertThat(passwords.matches("a", "no hash")).isFalse();
    }

    @Test
    void anUnknownUserTakesAsLongAsAKnownOne() {
        String hash = passwords.hash("a");
        passwords.matches("warm", hash);

        long known = fastest(() -> passwords.matches("b", hash));
        long unknown = fastest(() -> passwords.matches("b", null));

        assertThat((double) unknown / known).isBetween(0.5, 2.0);
    }

    private static long fastest(Runnable work) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long start = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    @Test
    void fiftyLogInsAtOnceLeaveRoomForOtherRequests() throws Exception {
        var started = new CountDownLatch(50);
        try (var requests = Executors.newVirtualThreadPerTaskExecutor()) {
            var logIns = new ArrayList<Future<String>>();
            for (int i = 0; i < 50; i++) {
                logIns.add(requests.submit(() -> {
                    started.countDown();
                    return passwords.hash("p");
                }));
            }
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

            requests.submit(() -> "other request").get(10, TimeUnit.SECONDS);

            assertThat(logIns.stream().filter(Future::isDone).count()).isLessThan(25);
            for (Future<String> logIn : logIns) {
                assertThat(logIn.get(60, TimeUnit.SECONDS)).startsWith("$2b$");
            }
        }
    }
}
