package dev.kami.parse.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.Exchange;
import dev.kami.parse.TestCore;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.log.Log;
import dev.kami.parse.log.LogLevel;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.options.SchemaOptions;
import dev.kami.parse.schema.SchemaJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaMigrationTest {
    private static final Map<String, Object> STRING = Map.of("type", "String");
    private static final Map<String, Object> NUMBER = Map.of("type", "Number");
    private static final Map<String, Object> PUBLIC = Map.of("*", true);

    private final List<String> lines = new ArrayList<>();
    private TestCore core;
    private Exchange master;

    @BeforeEach
    void start() {
        core = TestCore.start();
        master = core.as(Auth.MASTER);
    }

    @AfterEach
    void stop() {
        core.close();
    }

    private enum Switch {
        STRICT,
        DELETE_EXTRA_FIELDS,
        RECREATE_MODIFIED_FIELDS,
        KEEP_UNKNOWN_INDEXES
    }

    private void migrate(List<Object> definitions, Switch... switches) {
        List<Switch> on = Arrays.asList(switches);
        var options = new SchemaOptions(
                definitions,
                on.contains(Switch.STRICT),
                on.contains(Switch.DELETE_EXTRA_FIELDS),
                on.contains(Switch.RECREATE_MODIFIED_FIELDS),
                false,
                on.contains(Switch.KEEP_UNKNOWN_INDEXES));
        lines.clear();
        Log log = Log.to((level, message, meta) -> lines.add(level + " " + message), LogLevel.INFO);
        new SchemaMigration(options, core.schemas(), core.features().schemaEditor(), log).run();
    }

    private static Map<String, Object> define(String className, Map<String, Object> fields) {
        return define(className, fields, Map.of());
    }

    private static Map<String, Object> define(
            String className, Map<String, Object> fields, Map<String, Object> indexes) {
        var definition = new LinkedHashMap<String, Object>();
        definition.put("className", className);
        definition.put("fields", fields);
        definition.put("indexes", indexes);
        definition.put("classLevelPermissions", Map.of("find", PUBLIC, "addField", PUBLIC));
        return definition;
    }

    private String schema(String className) {
        return SchemaJson.of(core.schemas().find(className)).toJson();
    }

    @Test
    void aMissingClassIsMadeWithAddFieldClosed() {
        migrate(List.of(define("Thing", Map.of("s", STRING), Map.of("i", Map.of("s", 1)))));
        assertThat(schema("Thing"))
                .contains("\"s\":{\"type\":\"String\"}")
                .contains("\"indexes\":{\"_id_\":{\"_id\":1},\"i\":{\"s\":1}}")
                .contains("\"find\":{\"*\":true},\"get\":{}")
                .contains("\"addField\":{}");
    }

    @Test
    void theSameDefinitionsAgainChangeNothing() {
        List<Object> definitions = List.of(
                define("Thing", Map.of("s", STRING), Map.of("i", Map.of("s", 1))),
                define("_User", Map.of("nick", STRING)));
        migrate(definitions);
        long version = core.schemas().version();
        migrate(definitions);
        assertThat(core.schemas().version()).isEqualTo(version);
    }

    @Test
    void fieldsAreAddedAndTheirOptionsChanged() {
        master.post("/schemas/Thing", "{'fields':{'s':{'type':'String'}}}");
        migrate(List.of(define(
                "Thing", Map.of("s", Map.of("type", "String", "required", true, "defaultValue", "x"), "n", NUMBER))));
        assertThat(schema("Thing"))
                .contains("\"s\":{\"type\":\"String\",\"required\":true,\"defaultValue\":\"x\"}")
                .contains("\"n\":{\"type\":\"Number\"}");
    }

    @Test
    void extraFieldsStayUnlessTheyMayGo() {
        master.post("/schemas/Thing", "{'fields':{'s':{'type':'String'},'extra':{'type':'String'}}}");
        migrate(List.of(define("Thing", Map.of("s", STRING))), Switch.STRICT);
        assertThat(schema("Thing")).contains("\"extra\"");
        assertThat(lines)
                .contains(
                        "WARN Fields of class \"Thing\" that the database has but its definition does not: \"extra\"");
        migrate(List.of(define("Thing", Map.of("s", STRING))), Switch.DELETE_EXTRA_FIELDS);
        assertThat(schema("Thing")).doesNotContain("\"extra\"");
    }

    @Test
    void aFieldOfAnotherTypeStaysUnlessItMayBeMadeAnew() {
        master.post("/schemas/Thing", "{'fields':{'s':{'type':'String'}}}");
        migrate(List.of(define("Thing", Map.of("s", NUMBER))), Switch.STRICT);
        assertThat(schema("Thing")).contains("\"s\":{\"type\":\"String\"}");
        assertThat(lines).contains("WARN Field \"s\" of class \"Thing\" is defined as Number but stored as String");
        migrate(List.of(define("Thing", Map.of("s", NUMBER))), Switch.RECREATE_MODIFIED_FIELDS);
        assertThat(schema("Thing")).contains("\"s\":{\"type\":\"Number\"}");
    }

    @Test
    void indexesBecomeThoseOfTheDefinition() {
        master.post(
                "/schemas/Thing",
                "{'fields':{'s':{'type':'String'},'n':{'type':'Number'}},'indexes':{'old':{'s':1},'same':{'n':1}}}");
        var definition = define(
                "Thing", Map.of("s", STRING, "n", NUMBER), Map.of("same", Map.of("n", -1), "fresh", Map.of("s", 1)));
        migrate(List.of(definition), Switch.KEEP_UNKNOWN_INDEXES);
        assertThat(core.schemas().find("Thing").indexes()).containsOnlyKeys("old", "same", "fresh");
        assertThat(core.schemas().find("Thing").indexes().get("same").toJson()).isEqualTo("{\"n\":-1}");
        migrate(List.of(definition));
        assertThat(core.schemas().find("Thing").indexes()).containsOnlyKeys("same", "fresh");
    }

    @Test
    void columnsOfSystemClassesAreNeverTouched() {
        migrate(
                List.of(define("_User", Map.of("nick", STRING, "email", NUMBER))),
                Switch.STRICT,
                Switch.DELETE_EXTRA_FIELDS,
                Switch.RECREATE_MODIFIED_FIELDS);
        assertThat(schema("_User"))
                .contains("\"nick\":{\"type\":\"String\"}")
                .contains("\"email\":{\"type\":\"String\"}", "\"authData\":{\"type\":\"Object\"}");
    }

    @Test
    void classesWithoutDefinitionKeepTheirPermissionsExceptAddField() {
        master.post("/schemas/Other", "{}");
        migrate(List.of(), Switch.STRICT);
        assertThat(schema("Other")).contains("\"find\":{\"*\":true}", "\"addField\":{}");
        assertThat(schema("_Session")).contains("\"addField\":{}");
        assertThat(lines)
                .contains("WARN Classes that the database has but option schema.definitions does not: \"Other\"");
        Exchange nobody = core.as(Auth.NOBODY);
        nobody.post("/classes/Other", "{'n':1}").fails(119, "Permission denied for action addField on class Other.");
        assertThat(nobody.post("/classes/Other", "{}").status()).isEqualTo(201);
    }

    @Test
    void aWrongDefinitionIsLoggedAndTheOthersApply() {
        migrate(List.of(define("Wrong", Map.of("x", Map.of("type", "Text"))), "no object", define("Right", Map.of())));
        assertThat(lines)
                .contains("ERROR Option schema.definitions cannot be applied to class \"Wrong\": invalid field type:"
                        + " Text")
                .contains("ERROR Option schema.definitions needs objects with a className, got \"no object\".");
        assertThat(core.schemas().find("Wrong")).isNull();
        assertThat(core.schemas().find("Right")).isNotNull();
    }

    @Test
    void inStrictModeAWrongDefinitionEndsTheStart() {
        assertThatThrownBy(() -> migrate(List.of(define("Wrong", Map.of("x", Map.of("type", "Text")))), Switch.STRICT))
                .isInstanceOf(OptionsException.class)
                .hasMessage("Option schema.definitions cannot be applied to class \"Wrong\": invalid field type: Text");
        assertThatThrownBy(() -> migrate(List.of(define("A", Map.of()), define("A", Map.of())), Switch.STRICT))
                .hasMessage("Option schema.definitions has two entries for class \"A\": merge them into one.");
    }
}
