package dev.kami.parse.rest;

import static dev.kami.parse.rest.ObjectCore.as;
import static dev.kami.parse.rest.ObjectCore.nobody;
import static dev.kami.parse.rest.ObjectCore.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.error.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may do what, as one table: a setting of the class and the object, and for every caller the outcome of get, find,
 * count, create, update, delete and a write that adds a field. {@code y} is done, a number is the error code, {@code 0} an
 * empty result.
 */
class PermissionTableTest {
    private static final List<String> OPERATIONS =
            List.of("get", "find", "count", "create", "update", "delete", "addField");

    private static final Map<String, Caller> CALLERS = callers();

    private final ObjectCore core = new ObjectCore();
    private int classes;

    @AfterEach
    void close() {
        core.close();
    }

    private static Map<String, Caller> callers() {
        var callers = new LinkedHashMap<String, Caller>();
        callers.put("nobody", nobody());
        callers.put("ann", user("ann"));
        callers.put("bob", user("bob"));
        callers.put("admin", user("cid", "Admin"));
        callers.put("master", Caller.SERVER);
        callers.put("readOnly", as(Auth.READ_ONLY_MASTER));
        callers.put("maintenance", as(Auth.MAINTENANCE));
        return callers;
    }

    /**
     * @param acl of the object, with ann as its owner in the fields {@code owner} and {@code members}
     * @param outcomes by caller in the order of {@link #CALLERS}, each in the order of {@link #OPERATIONS}
     */
    record Case(String sentence, String permissions, String acl, List<String> outcomes) {
        @Override
        public String toString() {
            return sentence;
        }
    }

    private static final String ALL = "y y y y y y y";
    private static final String READ_ONLY = "y y y 119 119 119 119";

    private static Case row(
            String sentence, String permissions, String acl, String nobody, String ann, String bob, String admin) {
        return new Case(sentence, permissions, acl, List.of(nobody, ann, bob, admin, ALL, READ_ONLY, ALL));
    }

    static Stream<Case> cases() {
        return Stream.of(
                row("everything is public without permissions", null, null, ALL, ALL, ALL, ALL),
                row(
                        "an ACL for its owner hides the object from others",
                        null,
                        "{'ann':{'read':true,'write':true}}",
                        "101 0 0 y 101 101 101",
                        ALL,
                        "101 0 0 y 101 101 101",
                        "101 0 0 y 101 101 101"),
                row(
                        "an ACL may open reading alone",
                        null,
                        "{'*':{'read':true},'role:Admin':{'write':true}}",
                        "y y y y 101 101 101",
                        "y y y y 101 101 101",
                        "y y y y 101 101 101",
                        ALL),
                row(
                        "an empty ACL leaves the master key",
                        null,
                        "{}",
                        "101 0 0 y 101 101 101",
                        "101 0 0 y 101 101 101",
                        "101 0 0 y 101 101 101",
                        "101 0 0 y 101 101 101"),
                row(
                        "permissions that name nothing close the class",
                        "{}",
                        null,
                        "119 119 119 119 119 119 119",
                        "119 119 119 119 119 119 119",
                        "119 119 119 119 119 119 119",
                        "119 119 119 119 119 119 119"),
                row(
                        "users and roles are named one by one",
                        "{'get':{'ann':true},'find':{'role:Admin':true},'count':{'*':true},'create':{'ann':true},"
                                + "'update':{'role:Admin':true},'delete':{'bob':true},'addField':{'role:Admin':true}}",
                        null,
                        "119 119 y 119 119 119 119",
                        "y 119 y y 119 119 119",
                        "119 119 y 119 119 y 119",
                        "119 y y 119 y 119 y"),
                row(
                        "requiresAuthentication asks for a user",
                        "{'get':{'requiresAuthentication':true},'find':{'requiresAuthentication':true},"
                                + "'count':{'requiresAuthentication':true},'create':{'requiresAuthentication':true},"
                                + "'update':{'requiresAuthentication':true},'delete':{'requiresAuthentication':true},"
                                + "'addField':{'requiresAuthentication':true}}",
                        null,
                        "101 101 101 101 101 101 101",
                        ALL,
                        ALL,
                        ALL),
                row(
                        "user fields open a closed class to the one they point at",
                        "{'readUserFields':['owner'],'writeUserFields':['owner']}",
                        null,
                        "101 0 0 119 101 101 101",
                        "y y y 119 y y y",
                        "101 0 0 119 101 101 101",
                        "101 0 0 119 101 101 101"),
                row(
                        "pointer fields work for each operation, also in arrays",
                        "{'get':{'pointerFields':['owner']},'find':{'pointerFields':['members']},"
                                + "'count':{'*':true},'create':{'pointerFields':['owner']},"
                                + "'update':{'pointerFields':['members','owner']},'delete':{'pointerFields':['owner']},"
                                + "'addField':{'pointerFields':['owner']}}",
                        null,
                        "101 0 y 119 101 101 101",
                        "y y y 119 y y y",
                        "101 0 y 119 101 101 101",
                        "101 0 y 119 101 101 101"),
                row(
                        "the ACL still counts when permissions are open",
                        "{'get':{'*':true},'find':{'*':true},'count':{'*':true},'create':{'*':true},"
                                + "'update':{'*':true},'delete':{'*':true},'addField':{}}",
                        "{'role:Admin':{'read':true,'write':true}}",
                        "101 0 0 y 101 101 119",
                        "101 0 0 y 101 101 119",
                        "101 0 0 y 101 101 119",
                        "y y y y y y 119"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void outcomes(Case table) {
        var expected = new LinkedHashMap<String, String>();
        var actual = new LinkedHashMap<String, String>();
        int column = 0;
        for (var caller : CALLERS.entrySet()) {
            expected.put(caller.getKey(), table.outcomes().get(column++));
            var row = new StringBuilder();
            for (String operation : OPERATIONS) {
                row.append(row.isEmpty() ? "" : " ").append(outcome(operation, caller.getValue(), table));
            }
            actual.put(caller.getKey(), row.toString());
        }
        assertThat(actual).isEqualTo(expected);
    }

    private String outcome(String operation, Caller caller, Case table) {
        String className = "C" + ++classes + operation;
        String ann = "{'__type':'Pointer','className':'_User','objectId':'ann'}";
        String id = core.create(
                className,
                "{'n':1,'owner':" + ann + ",'members':[" + ann + "]"
                        + (table.acl() == null ? "" : ",'ACL':" + table.acl()) + "}");
        if (table.permissions() != null) {
            core.permissions(className, table.permissions());
        }
        try {
            return switch (operation) {
                case "get" -> done(core.get(caller, className, id) != null);
                case "find" -> done(!core.where(caller, className, "{'n':1}").isEmpty());
                case "count" ->
                    done(core.find(caller, className, "{'limit':0,'count':1}").count() > 0);
                case "create" -> done(core.create(caller, className, "{'n':2}") != null);
                case "update" -> done(core.update(caller, className, id, "{'n':2}") != null);
                case "delete" -> {
                    core.operations.delete(caller, className, id);
                    yield "y";
                }
                case "addField" -> done(core.update(caller, className, id, "{'more':2}") != null);
                default -> throw new IllegalArgumentException(operation);
            };
        } catch (ParseException refused) {
            return Integer.toString(refused.code().number());
        }
    }

    private static String done(boolean done) {
        return done ? "y" : "0";
    }
}
