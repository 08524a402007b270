package dev.kami.parse.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.TestCore;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.log.Log;
import dev.kami.parse.rest.CountingStorage;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RolesTest {
    private CountingStorage storage;
    private TestCore core;
    private Roles roles;

    @BeforeEach
    void start() {
        core = TestCore.start(
                Log.off(),
                InstantSource.system(),
                inner -> storage = new CountingStorage(inner),
                options -> options.set("cacheTTL", 600_000));
        roles = core.accounts().roles();
    }

    @AfterEach
    void close() {
        core.close();
    }

    private String role(String name) {
        return core.as(Auth.MASTER)
                .post("/roles", "{'name':'" + name + "','ACL':{}}")
                .objectId();
    }

    private void member(String roleId, String relation, String className, String id) {
        core.as(Auth.MASTER)
                .put(
                        "/roles/" + roleId,
                        "{'" + relation + "':{'__op':'AddRelation','objects':[{'__type':'Pointer','className':'"
                                + className + "','objectId':'" + id + "'}]}}")
                .json();
    }

    @Test
    void aUserWithoutRolesHasNone() {
        assertThat(roles.of("ann")).isEmpty();
    }

    @Test
    void aMemberOfAChildRoleHasAllRolesAboveIt() {
        String worker = role("worker");
        String boss = role("boss");
        String owner = role("owner");
        role("other");
        member(worker, "users", "_User", "ann");
        member(boss, "roles", "_Role", worker);
        member(owner, "roles", "_Role", boss);

        assertThat(roles.of("ann")).containsExactlyInAnyOrder("worker", "boss", "owner");
        assertThat(roles.of("bob")).isEmpty();
    }

    @Test
    void rolesMayContainEachOther() {
        String a = role("a");
        String b = role("b");
        String c = role("c");
        member(a, "users", "_User", "ann");
        member(a, "roles", "_Role", c);
        member(b, "roles", "_Role", a);
        member(c, "roles", "_Role", b);
        member(a, "roles", "_Role", a);

        assertThat(roles.of("ann")).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void eachLevelCostsOneQuestion() {
        String below = role("r0");
        member(below, "users", "_User", "ann");
        for (int level = 1; level <= 9; level++) {
            String above = role("r" + level);
            member(above, "roles", "_Role", below);
            below = above;
        }
        storage.calls();

        assertThat(roles.of("ann")).hasSize(10);

        assertThat(storage.calls()).hasSize(11).allMatch("find _Role"::equals); // the last finds that there is no more
        roles.of("ann");
        assertThat(storage.calls()).isEmpty();
    }

    @Test
    void everyWriteOfARoleIsSeenAtOnce() {
        String worker = role("worker");
        assertThat(roles.of("ann")).isEmpty();

        member(worker, "users", "_User", "ann");
        assertThat(roles.of("ann")).containsExactly("worker");

        core.as(Auth.MASTER).delete("/roles/" + worker).answers(200, "{}");
        assertThat(roles.of("ann")).isEmpty();
    }

    @Test
    void purgingRolesForgetsThem() {
        member(role("worker"), "users", "_User", "ann");
        assertThat(roles.of("ann")).hasSize(1);

        core.as(Auth.MASTER).delete("/purge/_Role").answers(200, "{}");

        assertThat(roles.of("ann")).isEmpty();
    }
}
