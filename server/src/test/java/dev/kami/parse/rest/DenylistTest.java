package dev.kami.parse.rest;

import static dev.kami.parse.rest.ObjectCore.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenylistTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1}|",
                "{'constructor':1}|{\"key\":\"constructor\"}",
                "{'a.constructor.b':1}|{\"key\":\"constructor\"}",
                "{'a':{'b':[1,{'my_constructor':{}}]}}|{\"key\":\"constructor\"}",
                "{'a':'constructor'}|",
                "{'a':{'_bsontype':'Code'}}|{\"key\":\"_bsontype\",\"value\":\"Code\"}",
                "{'a':{'_bsontype':'Other'}}|",
                "{'a':{'__op':'Add','objects':[{'constructor':1}]}}|{\"key\":\"constructor\"}",
                "{'a':{'__type':'Pointer','className':'secret','objectId':'x'}}|{\"value\":\"^secret$\"}",
                "{'a':['x','secret']}|{\"value\":\"^secret$\"}",
                "{'a':['x','secrets']}|",
                "{'price123':1}|{\"key\":\"^price[0-9]+$\"}"
            })
    void findsWhatIsDenied(String body, String entry) {
        var code = new TreeMap<String, Object>(Map.of("key", "_bsontype", "value", "Code"));
        var denylist = new Denylist(List.of(
                code, Map.of("key", "constructor"), Map.of("value", "^secret$"), Map.of("key", "^price[0-9]+$")));

        Throwable thrown = catchThrowable(() -> denylist.check(json(body)));

        if (entry == null) {
            assertThat(thrown).isNull();
        } else {
            assertThat(thrown).hasMessage("Prohibited keyword in request data: " + entry + ".");
        }
    }

    @Test
    void looksAtEveryKeyOfAWideObjectOnce() {
        var wide = new LinkedHashMap<String, ParseValue>();
        for (int i = 0; i < 200_000; i++) {
            wide.put("k" + i, Obj.EMPTY);
        }

        assertThat(catchThrowable(() -> new Denylist(List.of(Map.of("key", "constructor"))).check(new Obj(wide))))
                .isNull();
    }
}
