package dev.kami.parse.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClassPermissionsTest {
    private static final Set<String> PUBLIC = Set.of("*");

    @Test
    void nothingStoredMeansEverythingIsPublic() {
        for (Operation operation : Operation.values()) {
            assertThat(ClassPermissions.of(null).rule(operation).allows(PUBLIC)).isTrue();
        }
    }

    @Test
    void anOperationThatStoredPermissionsDoNotNameIsClosed() {
        var permissions = of("{'find':{'*':true}}");

        assertThat(permissions.rule(Operation.FIND).allows(PUBLIC)).isTrue();
        assertThat(permissions.rule(Operation.GET).allows(Set.of("*", "u1"))).isFalse();
    }

    @Test
    void usersAndRolesAreAllowedByName() {
        var rule = of("{'get':{'u1':true,'role:Admin':true}}").rule(Operation.GET);

        assertThat(rule.allows(Set.of("*", "u1"))).isTrue();
        assertThat(rule.allows(Set.of("*", "role:Admin", "u2"))).isTrue();
        assertThat(rule.allows(Set.of("*", "u2"))).isFalse();
    }

    @Test
    void keysThatAreNoEntitiesAllowNobody() {
        var rule = of("{'get':{'requiresAuthentication':true,'pointerFields':['owner']}}")
                .rule(Operation.GET);

        assertThat(rule.requiresAuthentication()).isTrue();
        assertThat(rule.pointerFields()).containsExactly("owner");
        assertThat(rule.allows(Set.of("*", "requiresAuthentication", "pointerFields")))
                .isFalse();
    }

    @Test
    void userFieldsAreSplitByReadingAndWriting() {
        var permissions = of("{'readUserFields':['a'],'writeUserFields':['b']}");

        assertThat(permissions.userFields(Operation.COUNT)).isEqualTo(List.of("a"));
        assertThat(permissions.userFields(Operation.ADD_FIELD)).isEqualTo(List.of("b"));
    }

    @Test
    void aPublicDefaultAclIsNone() {
        assertThat(of("{'ACL':{'*':{'read':true,'write':true}}}").defaultAcl()).isNull();
        assertThat(of("{'ACL':{'currentUser':{'read':true}}}").defaultAcl()).isNotNull();
    }

    private static ClassPermissions of(String json) {
        return ClassPermissions.of((Obj) JsonReader.read(json.replace('\'', '"')));
    }
}
