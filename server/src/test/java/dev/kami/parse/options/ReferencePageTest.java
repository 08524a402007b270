package dev.kami.parse.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferencePageTest {
    /** Tests run in the folder of the module. */
    private static final Path PAGE = Path.of("..", "docs", "options.md");

    @Test
    void docsOptionsIsWhatTheDefinitionsSay() throws IOException {
        if (Boolean.getBoolean("writeDocs")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, ReferencePage.markdown());
        }
        assertThat(Files.readString(PAGE))
                .as("stale: ./mvnw -pl server test -Dtest=ReferencePageTest -DwriteDocs=true")
                .isEqualTo(ReferencePage.markdown());
    }
}
