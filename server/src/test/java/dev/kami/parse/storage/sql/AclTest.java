package dev.kami.parse.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AclTest {
    private static String[] ids(String text) {
        return text == null ? null : text.isEmpty() ? new String[0] : text.split(" ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "null",
            value = {
                "null  | null  | null",
                "``    | ``    | {}",
                "*     | ``    | {'*':{'read':true}}",
                "null  | ``    | {'*':{'read':true}}",
                "``    | null  | {'*':{'write':true}}",
                "u     | u     | {'u':{'read':true,'write':true}}",
                "* u   | u     | {'*':{'read':true},'u':{'read':true,'write':true}}",
                "a     | b a c | {'a':{'read':true,'write':true},'b':{'write':true},'c':{'write':true}}",
                "a a b | c c a | {'a':{'read':true,'write':true},'b':{'read':true},'c':{'write':true}}"
            })
    void theTwoArraysAreOneObject(String readers, String writers, String acl) {
        byte[] json = Acl.toJson(ids(readers), ids(writers));

        assertThat(json == null ? null : new String(json, StandardCharsets.UTF_8))
                .isEqualTo(acl == null ? null : acl.replace('\'', '"'));
    }

    @Test
    void manyNamesAreNoDifferentFromFew() {
        var readers = new ArrayList<String>();
        for (int i = 0; i < 40; i++) {
            readers.add("role:r" + i % 30);
        }
        String[] some = readers.toArray(String[]::new);
        String[] writers = List.of("role:r3", "x").toArray(String[]::new);

        assertThat(new String(Acl.toJson(some, writers), StandardCharsets.UTF_8))
                .isEqualTo(Acl.toObj(some, writers).toJson());
    }
}
