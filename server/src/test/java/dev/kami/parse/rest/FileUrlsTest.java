package dev.kami.parse.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.database.PermissionRules;
import dev.kami.parse.database.SchemaCatalog;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.storage.sql.EmbeddedDatabase;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.File;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileUrlsTest {
    @ParameterizedTest
    @CsvSource({
        ",a.txt,http://h/parse/files/A/a.txt",
        ",tfss-a.txt,http://h/parse/files/A/tfss-a.txt",
        "K,tfss-a b,http://files.parsetfss.com/K/tfss-a%20b",
        "K,0a1b2c3d-0000-1111-2222-0123456789ab-a.txt,http://files.parse.com/K/0a1b2c3d-0000-1111-2222-0123456789ab-a.txt",
        "K,0a1b2c3d-a.txt,http://h/parse/files/A/0a1b2c3d-a.txt",
        ",ü(1)'!~*.txt,http://h/parse/files/A/%C3%BC(1)'!~*.txt"
    })
    void theAddressFollowsFromTheName(String fileKey, String name, String url) {
        try (var storage = EmbeddedDatabase.memory(UUID.randomUUID().toString())) {
            var schemas = new SchemaCatalog(storage, new PermissionRules(Map.of(), true, true));
            schemas.ensureFields("Game", Map.of("f", FieldType.FILE));
            var files = new FileUrls(() -> "http://h/parse", "A", fileKey);

            ParseObject filled =
                    files.fill(ParseObject.of("Game", Obj.of("f", new File(name, null))), schemas.rules("Game"));

            assertThat(filled.get("f")).isEqualTo(new File(name, url));
        }
    }
}
