package dev.kami.parse.options;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every option there is, by topic in the order of the reference page. The only list of options in this program. */
public final class Catalogue {
    private static final List<Option<?>> ALL = Stream.of(
                    CoreOptions.ALL,
                    KeyOptions.ALL,
                    DatabaseOptions.ALL,
                    DatabaseClientOptions.ALL,
                    ObjectOptions.ALL,
                    PermissionOptions.ALL,
                    RequestOptions.ALL,
                    UserOptions.ALL,
                    EmailOptions.ALL,
                    PageOptions.ALL,
                    FileOptions.ALL,
                    LoggingOptions.ALL,
                    FunctionOptions.ALL,
                    PushOptions.ALL,
                    GraphQLOptions.ALL,
                    LiveQueryOptions.ALL)
            .<Option<?>>flatMap(List::stream)
            .toList();

    private static final Map<String, Option<?>> BY_PATH =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Option::path, Function.identity()));

    private static final Set<String> PARENTS = ALL.stream()
            .filter(option -> option.path().indexOf('.') > 0 && option.path().indexOf('<') < 0)
            .map(option -> option.path().substring(0, option.path().lastIndexOf('.')))
            .collect(Collectors.toUnmodifiableSet());

    private Catalogue() {}

    public static List<Option<?>> all() {
        return ALL;
    }

    /** The options that have a flag, an environment variable of their own and a key in the file. */
    public static List<Option<?>> topLevel() {
        return ALL.stream().filter(option -> !option.isNested()).toList();
    }

    /** @param path for example {@code port} or {@code pages.pagesPath} */
    public static Optional<Option<?>> find(String path) {
        return Optional.ofNullable(BY_PATH.get(path));
    }

    /** Whether the catalogue knows the keys inside this option ({@code pages}, {@code rateLimit[]}). */
    static boolean listsKeysOf(String path) {
        return PARENTS.contains(path);
    }
}
