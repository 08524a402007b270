package dev.kami.parse.user;

import dev.kami.parse.TestCore;
import dev.kami.parse.auth.Auth;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolesRoutesTest {
    private final TestCore core = TestCore.start();

    @AfterEach
    void close() {
        core.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|name is required.",
                "{'name':'admin'}|ACL is required.",
                "{'name':'','ACL':{}}|name is required.",
                "{'name':null,'ACL':{}}|name is required.",
                "{'ACL':{}}|name is required.",
                "{'name':{'__op':'Delete'},'ACL':{}}|name is required.",
                "{'name':'admin','ACL':null}|ACL is required.",
            })
    void aRoleNeedsANameAndAnAcl(String body, String text) {
        core.as(Auth.MASTER).post("/roles", body).fails(111, text);
    }

    @Test
    void namesOfRolesAreUnique() {
        core.as(Auth.MASTER).post("/roles", "{'name':'admin','ACL':{}}").json();

        core.as(Auth.MASTER)
                .post("/roles", "{'name':'admin','ACL':{}}")
                .fails(137, "A duplicate value for a field with unique values was provided");
    }

    @Test
    void aRoleLosesNeitherNameNorAcl() {
        String id =
                core.as(Auth.MASTER).post("/roles", "{'name':'admin','ACL':{}}").objectId();

        core.as(Auth.MASTER).put("/roles/" + id, "{'ACL':{'__op':'Delete'}}").fails(111, "ACL is required.");
        core.as(Auth.MASTER).put("/roles/" + id, "{'name':{'__op':'Delete'}}").fails(111, "name is required.");
    }

    @Test
    void aRoleIsReadAndWrittenByWhomItsAclNames() {
        String id = core.as(Auth.MASTER)
                .post("/roles", "{'name':'admin','ACL':{'*':{'read':true}}}")
                .objectId();

        core.as(Auth.NOBODY).get("/roles/" + id).json();
        core.as(Auth.NOBODY).put("/roles/" + id, "{'x':1}").fails(101, "Object not found.");
        core.as(Auth.NOBODY).delete("/roles/" + id).fails(101, "Object not found.");
    }
}
