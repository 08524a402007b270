package dev.kami.parse.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The JSON file of the command line: an object of options, or {@code {"apps": [{...}]}} with exactly
 * one entry. Each value goes through the parser of its option, as text would.
 */
final class ConfigurationFile {
    private ConfigurationFile() {}

    static void read(Path file, OptionsBuilder builder) {
        Object content = OptionJson.parseFile(file.toString(), text(file));
        if (content instanceof Map<?, ?> object && object.get("apps") instanceof List<?> apps) {
            if (apps.size() > 1) {
                throw new OptionsException("Multiple apps are not supported");
            }
            content = apps.isEmpty() ? null : apps.getFirst();
        }
        if (!(content instanceof Map<?, ?> values)) {
            throw new OptionsException("Configuration file " + file + " must hold a JSON object of options.");
        }
        values.forEach((key, value) -> {
            Option<?> option = Catalogue.find(String.valueOf(key))
                    .filter(found -> !found.isNested())
                    .orElseThrow(() -> new OptionsException("error: unknown option " + key));
            if (value != null || option.kind() == OptionKind.NULLABLE_STRING) {
                builder.parse(option, value, Source.FILE);
            }
        });
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException _) {
            throw new OptionsException("Configuration file " + file.toAbsolutePath() + " does not exist.");
        } catch (IOException e) {
            throw new OptionsException("Configuration file " + file.toAbsolutePath() + " cannot be read: "
                    + (e instanceof java.nio.charset.CharacterCodingException ? "it is not UTF-8" : reason(e)) + ".");
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "");
    }
}
