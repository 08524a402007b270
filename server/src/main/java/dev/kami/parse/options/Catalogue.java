package dev.kami.parse.options;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every option there is, by topic in the order of the reference page. The only list of options in this program. */
final class Catalogue {
    private static final List<Option<?>> ALL = new ArrayList<>();
    private static final List<Option<?>> TOP_LEVEL = new ArrayList<>();
    private static final Map<String, Option<?>> BY_PATH = new HashMap<>();
    private static final Set<String> PARENTS = new HashSet<>();

    static {
        add(CoreOptions.ALL);
        add(KeyOptions.ALL);
        add(DatabaseOptions.ALL);
        add(DatabaseClientOptions.ALL);
        add(ObjectOptions.ALL);
        add(PermissionOptions.ALL);
        add(RequestOptions.ALL);
        add(UserOptions.ALL);
        add(EmailOptions.ALL);
        add(PageOptions.ALL);
        add(FileOptions.ALL);
        add(LoggingOptions.ALL);
        add(FunctionOptions.ALL);
        add(PushOptions.ALL);
        add(GraphQLOptions.ALL);
        add(LiveQueryOptions.ALL);
    }

    /** Only for the initializer; loops instead of streams because this runs in every start. */
    private static void add(List<Option<?>> topic) {
        for (Option<?> option : topic) {
            String path = option.path();
            ALL.add(option);
            BY_PATH.put(path, option);
            if (!option.isNested()) {
                TOP_LEVEL.add(option);
            } else if (path.indexOf('<') < 0 && path.indexOf('.') > 0) {
                PARENTS.add(path.substring(0, path.lastIndexOf('.')));
            }
        }
    }

    private Catalogue() {}

    public static List<Option<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** The options that have a flag, an environment variable of their own and a key in the file. */
    public static List<Option<?>> topLevel() {
        return Collections.unmodifiableList(TOP_LEVEL);
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
