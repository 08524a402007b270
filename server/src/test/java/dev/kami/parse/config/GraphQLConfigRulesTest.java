package dev.kami.parse.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseValue.Obj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphQLConfigRulesTest {
    private static void check(String json) {
        GraphQLConfigRules.check((Obj) JsonReader.read(json.replace('\'', '"')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'enabledForClasses':['A'],'disabledForClasses':null}",
                "{'classConfigs':[{'className':'A','type':{'inputFields':{'create':['a'],'update':[]},"
                        + "'outputFields':['a'],'constraintFields':['a'],"
                        + "'sortFields':[{'field':'a','asc':true,'desc':false}]},"
                        + "'query':{'find':true,'get':false,'findAlias':'all'},"
                        + "'mutation':{'create':true,'destroyAlias':'drop'}}]}",
                "{'classConfigs':[{'className':'_User','type':{'inputFields':{'create':['username','password']}}}]}"
            })
    void takesEveryPart(String json) {
        assertThatCode(() -> check(json)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1,'b':2} | encountered invalid keys: [a,b]",
                "{'enabledForClasses':['A',' '],'disabledForClasses':1} | 'enabledForClasses' is not a valid array; 'disabledForClasses' is not a valid array",
                "{'classConfigs':{}} | 'classConfigs' is not a valid array",
                "{'classConfigs':[1]} | classConfig:undefined is invalid because it must be a valid object",
                "{'classConfigs':[{'className':'A','x':1}]} | classConfig:A is invalid because 'invalidKeys' [x] should not be present",
                "{'classConfigs':[{'className':' '}]} | classConfig:  is invalid because 'className' must be a valid string",
                "{'classConfigs':[{'className':'A','type':{'y':1}}]} | classConfig:A is invalid because 'type' contains invalid keys, [y]",
                "{'classConfigs':[{'className':'A','type':{'sortFields':[{'field':'a','asc':true}]}}]} | classConfig:A is invalid because 'sortField' at index 0 did not provide 'asc' or 'desc' as booleans",
                "{'classConfigs':[{'className':'_User','type':{'inputFields':{'create':['username']}}}]} | classConfig:_User is invalid because 'inputFields.create' must include required fields, username and password",
                "{'classConfigs':[{'className':'A','query':{'find':1}}]} | classConfig:A is invalid because 'query.find' must be a boolean",
                "{'classConfigs':[{'className':'A','mutation':{'createAlias':1}}]} | classConfig:A is invalid because 'mutation.createAlias' must be a string"
            })
    void namesWhatIsWrong(String json, String text) {
        assertThatThrownBy(() -> check(json)).hasMessage("Invalid graphQLConfig: " + text.replace('\'', '"'));
    }
}
