package dev.kami.parse.rest;

import static dev.kami.parse.rest.ObjectCore.nobody;
import static dev.kami.parse.rest.ObjectCore.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.auth.Caller;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProtectedFieldsTest {
    private static final String OPEN = "'get':{'*':true},'find':{'*':true},";

    private final ObjectCore core = new ObjectCore();

    @AfterEach
    void close() {
        core.close();
    }

    /** @param visible of the fields a, b and c */
    record Case(String sentence, String protectedFields, Caller caller, String visible) {
        @Override
        public String toString() {
            return sentence;
        }
    }

    static Stream<Case> cases() {
        Caller admin = user("cid", "Admin", "Staff");
        return Stream.of(
                new Case("the public group hides from everybody", "{'*':['a','b']}", nobody(), "c"),
                new Case("from users too", "{'*':['a','b']}", user("ann"), "c"),
                new Case("but not from the master key", "{'*':['a','b']}", Caller.SERVER, "abc"),
                new Case("groups of others hide nothing", "{'authenticated':['a'],'bob':['b']}", nobody(), "abc"),
                new Case(
                        "a user sees what one group leaves open",
                        "{'*':['a','b'],'authenticated':['b']}",
                        user("ann"),
                        "ac"),
                new Case("an own empty group reveals everything", "{'*':['a','b'],'ann':[]}", user("ann"), "abc"),
                new Case(
                        "roles are groups",
                        "{'*':['a','b','c'],'role:Admin':['a','b'],'role:Staff':['b','c']}",
                        admin,
                        "ac"),
                new Case("a role alone hides", "{'role:Admin':['a']}", admin, "bc"),
                new Case("a role one does not have counts for nothing", "{'*':['a'],'role:Boss':[]}", admin, "bc"),
                new Case(
                        "a user field reveals to the one it points at",
                        "{'*':['a','b'],'userField:owner':['b']}",
                        user("ann"),
                        "ac"),
                new Case("and to nobody else", "{'*':['a','b'],'userField:owner':['b']}", user("bob"), "c"),
                new Case("an array of users does too", "{'*':['a','b'],'userField:members':[]}", user("ann"), "abc"),
                new Case("a user field alone hides nothing", "{'userField:owner':['a']}", user("ann"), "abc"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void hides(Case table) {
        String ann = "{'__type':'Pointer','className':'_User','objectId':'ann'}";
        String id = core.create("Box", "{'a':1,'b':2,'c':3,'owner':" + ann + ",'members':[" + ann + "]}");
        core.permissions("Box", "{" + OPEN + "'protectedFields':" + table.protectedFields() + "}");

        assertThat(letters(core.get(table.caller(), "Box", id).fields())).isEqualTo(table.visible());
        assertThat(letters(core.where(table.caller(), "Box", "{}").getFirst().fields()))
                .isEqualTo(table.visible());
    }

    private static String letters(List<String> fields) {
        return String.join(
                "",
                fields.stream().filter(field -> field.length() == 1).sorted().toList());
    }

    @Test
    void aUserFieldCountsAlsoWhenItIsNotAskedFor() {
        String ann = "{'__type':'Pointer','className':'_User','objectId':'ann'}";
        String id = core.create("Box", "{'a':1,'b':2,'owner':" + ann + "}");
        core.permissions("Box", "{" + OPEN + "'protectedFields':{'*':['a'],'userField:owner':[]}}");

        assertThat(core.get(user("ann"), "Box", id, "{'keys':'a'}").fields())
                .containsExactlyInAnyOrder("objectId", "createdAt", "updatedAt", "a");
        assertThat(core.get(user("bob"), "Box", id, "{'keys':'a,b'}").fields())
                .containsExactlyInAnyOrder("objectId", "createdAt", "updatedAt", "b");
    }
}
