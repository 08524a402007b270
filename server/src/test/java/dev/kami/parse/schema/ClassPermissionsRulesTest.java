package dev.kami.parse.schema;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassPermissionsRulesTest {
    private static final Map<String, FieldType> FIELDS = Map.of(
            "owner",
            FieldType.pointer("_User"),
            "team",
            FieldType.pointer("Team"),
            "members",
            FieldType.ARRAY,
            "name",
            FieldType.STRING);

    private static void check(String json) {
        new ClassPermissionsRules(false).check((Obj) JsonReader.read(json), FIELDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'find':{'*':true},'get':{'requiresAuthentication':true},'count':{'role:Admins':true},'create':{'abc123':true}}",
                "{'update':{'pointerFields':['owner','members']},'readUserFields':['owner'],'writeUserFields':[]}",
                "{'protectedFields':{'*':['name'],'authenticated':[],'role:A':[],'userField:owner':[],'abc':['team']}}",
                "{'ACL':{'currentUser':{'read':true,'write':false},'*':{'read':true}}}"
            })
    void takesWhatTheGuideShows(String json) {
        assertThatCode(() -> check(json.replace('\'', '"'))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'open':{}} | open is not a valid operation for class level permissions",
                "{'find':true} | 'true' is not a valid value for class level permissions find - must be an object",
                "{'find':null} | 'null' is not a valid value for class level permissions find - must be an object",
                "{'readUserFields':{}} | '[object Object]' is not a valid value for class level permissions readUserFields - must be an array",
                "{'readUserFields':['team']} | 'team' is not a valid column for class level pointer permissions readUserFields",
                "{'find':{'a b':true}} | 'a b' is not a valid key for class level permissions",
                "{'find':{'*':1}} | '1' is not a valid value for class level permissions acl find:*",
                "{'find':{'*':false}} | 'false' is not a valid value for class level permissions acl find:*",
                "{'find':['x']} | 'x' is not a valid value for class level permissions acl find:0",
                "{'find':{'pointerFields':true}} | 'true' is not a valid value for find[pointerFields] - expected an array.",
                "{'find':{'pointerFields':['name']}} | 'name' is not a valid column for class level pointer permissions [object Object]",
                "{'protectedFields':{'*':'name'}} | 'name' is not a valid value for protectedFields[*] - expected an array.",
                "{'protectedFields':{'*':['ACL']}} | Default field 'ACL' can not be protected",
                "{'protectedFields':{'*':['none']}} | Field 'none' in protectedFields:* does not exist",
                "{'protectedFields':{'-':[]}} | '-' is not a valid key for class level permissions",
                "{'ACL':{'*':true}} | 'true' is not a valid value for class level permissions acl",
                "{'ACL':{'*':{'see':true,'hear':true}}} | 'see,hear' is not a valid key for class level permissions acl",
                "{'ACL':{'*':{'read':1,'write':'x'}}} | '1,x' is not a valid value for class level permissions acl"
            })
    void refusesTheRestWithTheGenuineTexts(String json, String text) {
        assertThatThrownBy(() -> check(json.replace('\'', '"'))).hasMessage(text);
    }

    @Test
    void withCustomObjectIdsEveryTextMayBeAUser() {
        var permissions = (Obj) JsonReader.read("{\"find\":{\"a b\":true}}");
        assertThatCode(() -> new ClassPermissionsRules(true).check(permissions, FIELDS))
                .doesNotThrowAnyException();
    }
}
