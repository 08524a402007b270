package dev.kami.parse.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {
    private final RouteTable table = new RouteTable();

    RouteTableTest() {
        for (String pattern : new String[] {
            "/classes/:className",
            "/classes/:className/:objectId",
            "/users/me",
            "/users/:objectId",
            "/files/:a/metadata/:n",
            "/pages/*file",
            "/pages/:app/verify",
        }) {
            table.add("GET", pattern, _ -> ApiResponse.empty());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/classes/Game, /classes/:className",
        "//classes//Game/, /classes/:className",
        "/classes/Game/x1, /classes/:className/:objectId",
        "/users/me, /users/me",
        "/users/you, /users/:objectId",
        "/files/app/metadata/x.txt, /files/:a/metadata/:n",
        "/pages/a.html, /pages/*file",
        "/pages/A/verify, /pages/:app/verify",
        "/pages/A/other, /pages/*file",
        "/pages/A/verify/more, /pages/*file",
    })
    void findsTheMostLiteralPattern(String path, String pattern) {
        assertThat(table.match("GET", path))
                .get()
                .extracting(RouteTable.Match::pattern)
                .isEqualTo(pattern);
    }

    @Test
    void handsOutTheValuesOfVariables() {
        assertThat(table.match("GET", "/classes/Game/x1").orElseThrow().variables())
                .isEqualTo(Map.of("className", "Game", "objectId", "x1"));
    }

    @ParameterizedTest
    @CsvSource({"GET, /", "GET, /classes", "POST, /users/me", "GET, /files/app/x.txt", "get, /users/me"})
    void knowsNoOtherRoute(String method, String path) {
        assertThat(table.match(method, path)).isEmpty();
    }

    @Test
    void theRestOfAPathIsOneValue() {
        assertThat(table.match("GET", "/pages//de%2Dx/a%20b/c.html/")
                        .orElseThrow()
                        .variables())
                .isEqualTo(Map.of("file", "de-x/a b/c.html"));
        assertThat(table.match("GET", "/pages")).isEmpty();
    }

    @Test
    void refusesTheSameRouteTwice() {
        assertThatIllegalStateException().isThrownBy(() -> table.add("GET", "/users/:id", _ -> ApiResponse.empty()));
    }
}
