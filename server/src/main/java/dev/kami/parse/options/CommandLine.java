package dev.kami.parse.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the command line, the environment and the configuration file it names.
 *
 * <pre>
 * parse-server [options] [path/to/configuration.json]
 * parse-server backup FILE [options]
 * parse-server restore FILE [--force] [options]
 * parse-server migrate [--from URI] --to URI [--force] [options]
 * parse-server export [--from URI] FOLDER [--force] [options]
 * parse-server import [--to URI] FOLDER [--force] [options]
 * </pre>
 *
 * {@code --name value} and {@code --name=value} are the same. A flag alone means true; a boolean takes
 * the next word only when it is true, false, 1 or 0 (the npm server takes any word, so that {@code
 * --verbose config.json} loses the file).
 */
public final class CommandLine {
    private static final String FORCE = "--force";
    private static final String FROM = "--from";
    private static final String TO = "--to";

    /** What the sub-commands take that is no option of a server. */
    private static final Map<String, Set<String>> FLAGS = Map.of(
            "restore", Set.of(FORCE),
            "migrate", Set.of(FROM, TO, FORCE),
            "export", Set.of(FROM, FORCE),
            "import", Set.of(TO, FORCE));

    private final List<String> words;
    private final OptionsBuilder builder;
    private final List<String> positional = new ArrayList<>();
    /** Flags of sub-commands that were given, {@code --from} and {@code --to} with their value. */
    private final Map<String, String> flags = new LinkedHashMap<>();

    private int next;

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
        Set<String> allowed = FLAGS.getOrDefault(first, Set.of());
        for (String flag : flags.keySet()) {
            if (!allowed.contains(flag)) {
                throw new OptionsException("error: unknown option '" + flag + "'");
            }
        }
        return switch (first) {
            case "backup" -> new Command.Backup(target("file", "FILE"), rest(2));
            case "restore" -> new Command.Restore(target("file", "FILE"), rest(2), force());
            case "migrate" -> migrate();
            case "export" -> new Command.Export(flags.get(FROM), target("folder", "FOLDER"), rest(2), force());
            case "import" -> new Command.Import(target("folder", "FOLDER"), flags.get(TO), rest(2), force());
            default -> run();
        };
    }

    private Command run() {
        List<String> lines = file(0);
        if (!builder.has(CoreOptions.APP_ID) || !builder.has(CoreOptions.MASTER_KEY)) {
            throw new OptionsException("ERROR: appId and masterKey are required", true);
        }
        return new Command.Run(builder.build(), lines);
    }

    private Command migrate() {
        if (flags.get(FROM) == null && flags.get(TO) == null) {
            throw new OptionsException("error: migrate needs two databases: parse-server migrate --from URI --to URI");
        }
        return new Command.Migrate(flags.get(FROM), flags.get(TO), rest(1), force());
    }

    private boolean force() {
        return flags.containsKey(FORCE);
    }

    /** What a sub-command works on. */
    private Path target(String what, String placeholder) {
        if (positional.size() < 2) {
            String first = positional.getFirst();
            throw new OptionsException(
                    "error: " + first + " needs a " + what + ": parse-server " + first + " " + placeholder);
        }
        return path(positional.get(1));
    }

    /** The options of a sub-command, with the configuration file at this index. */
    private Options rest(int index) {
        file(index);
        return builder.withoutKeys().build();
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
        boolean options = true;
        while (next < words.size()) {
            String word = words.get(next++);
            if (options && word.equals("--")) {
                options = false;
            } else if (options && word.equals(FORCE)) {
                flags.put(FORCE, "");
            } else if (options && isAddress(word)) {
                address(word);
            } else if (options && word.length() > 1 && word.startsWith("-")) {
                flag(word);
            } else {
                positional.add(word);
            }
        }
    }

    private static boolean isAddress(String word) {
        return Set.of(FROM, TO).contains(word.contains("=") ? word.substring(0, word.indexOf('=')) : word);
    }

    /** {@code --from URI} or {@code --from=URI}. */
    private void address(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        String value = equals >= 0 ? word.substring(equals + 1) : next < words.size() ? words.get(next++) : "";
        if (value.isEmpty() || value.startsWith("-")) {
            throw new OptionsException("error: option '" + name + " URI' argument missing");
        }
        flags.put(name, value);
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
