package dev.kami.parse.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The published option table of the npm server, src/test/resources/options.json. */
final class PublishedTable {
    static final ObjectMapper JSON = new ObjectMapper();

    private PublishedTable() {}

    static JsonNode options() {
        try (var in = PublishedTable.class.getResourceAsStream("/options.json")) {
            return JSON.readTree(in).path("options");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> validationTexts() {
        var texts = new ArrayList<String>();
        for (JsonNode option : options()) {
            option.path("validation")
                    .forEach(rule -> texts.add(rule.path("text").asText()));
        }
        return texts;
    }
}
