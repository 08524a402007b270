package dev.kami.parse.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the command line, the environment and the configuration file it names.
 *
 * <pre>
 * parse-server [options] [path/to/configuration.json]
 * parse-server backup FILE [options]
 * parse-server restore FILE [--force] [options]
 * </pre>
 *
 * {@code --name value} and {@code --name=value} are the same. A flag alone means true; a boolean takes
 * the next word only when it is true, false, 1 or 0 (the npm server takes any word, so that {@code
 * --verbose config.json} loses the file).
 */
public final class CommandLine {
    private final List<String> words;
    private final OptionsBuilder builder;
    private final List<String> positional = new ArrayList<>();
    private int next;
    private boolean force;

    private CommandLine(List<String> words, OptionsBuilder builder) {
        this.words = words;
        this.builder = builder;
    }

    /** @throws OptionsException for everything that ends the command with code 1 */
    public static Command parse(List<String> words, Map<String, String> environment) {
        if (words.contains("--help") || words.contains("-h")) {
            return new Command.Help();
        }
        if (words.contains("--version")) {
            return new Command.Version();
        }
        var line = new CommandLine(List.copyOf(words), Options.builder());
        line.read();
        line.builder.environment(environment);
        return line.command();
    }

    private Command command() {
        String first = positional.isEmpty() ? "" : positional.getFirst();
        if (force && !first.equals("restore")) {
            throw new OptionsException("error: unknown option '--force'");
        }
        if (!first.equals("backup") && !first.equals("restore")) {
            List<String> lines = file(0);
            if (!builder.has(CoreOptions.APP_ID) || !builder.has(CoreOptions.MASTER_KEY)) {
                throw new OptionsException("ERROR: appId and masterKey are required", true);
            }
            return new Command.Run(builder.build(), lines);
        }
        if (positional.size() < 2) {
            throw new OptionsException("error: " + first + " needs a file: parse-server " + first + " FILE");
        }
        file(2);
        Path target = path(positional.get(1));
        Options options = builder.withoutKeys().build();
        return first.equals("backup")
                ? new Command.Backup(target, options)
                : new Command.Restore(target, options, force);
    }

    /** Loads the configuration file, which is the positional word at this index if there is one. */
    private List<String> file(int index) {
        if (positional.size() > index + 1) {
            throw new OptionsException("error: unexpected argument '" + positional.get(index + 1) + "'");
        }
        if (positional.size() <= index) {
            return List.of();
        }
        Path file = path(positional.get(index));
        ConfigurationFile.read(file, builder);
        return List.of("Configuration loaded from " + file.toAbsolutePath().normalize());
    }

    private static Path path(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new OptionsException("error: a path must not contain the character NUL");
        }
        return Path.of(text);
    }

    private void read() {
        boolean flags = true;
        while (next < words.size()) {
            String word = words.get(next++);
            if (flags && word.equals("--")) {
                flags = false;
            } else if (flags && word.equals("--force")) {
                force = true;
            } else if (flags && word.length() > 1 && word.startsWith("-")) {
                flag(word);
            } else {
                positional.add(word);
            }
        }
    }

    private void flag(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Option<?> option = name.startsWith("--")
                ? Catalogue.find(name.substring(2))
                        .filter(found -> !found.isNested())
                        .orElse(null)
                : null;
        if (option == null) {
            throw new OptionsException("error: unknown option '" + name + "'");
        }
        String value = equals < 0 ? value(option) : word.substring(equals + 1);
        builder.parse(option, value == null ? (Object) true : value, Source.COMMAND_LINE);
    }

    /** The word after a flag; null when the flag stands alone and means true. */
    private String value(Option<?> option) {
        String word = next < words.size() ? words.get(next) : null;
        boolean takes = word != null
                && switch (option.kind()) {
                    case BOOLEAN, BOOLEAN_OR_FUNCTION -> isTruth(word);
                    case INTEGER -> !word.startsWith("-") || word.matches("-\\d+");
                    case INTEGER_OR_BOOLEAN -> isTruth(word) || word.matches("-?\\d+");
                    default -> option.isRequired() || word.length() < 2 || !word.startsWith("-");
                };
        if (takes) {
            next++;
            return word;
        }
        return switch (option.kind()) {
            case BOOLEAN, BOOLEAN_OR_FUNCTION, INTEGER_OR_BOOLEAN -> null;
            default -> throw new OptionsException("error: option '" + HelpText.usage(option) + "' argument missing");
        };
    }

    private static boolean isTruth(String word) {
        return word.equals("true") || word.equals("false") || word.equals("1") || word.equals("0");
    }
}
