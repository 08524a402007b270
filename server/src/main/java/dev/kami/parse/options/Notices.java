package dev.kami.parse.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the log says about the options at start. */
final class Notices {
    private static final String URL_SPECIAL = "!#$%'()*+&/:;=?@[]{}^,|<>";

    private Notices() {}

    static List<Notice> of(
            Options options, Map<String, Object> plain, Map<String, Source> sources, Set<String> unknown) {
        var notices = new ArrayList<Notice>();
        var strange = new TreeSet<>(unknown);
        sources.keySet().forEach(path -> addUnknownKeys(path, plain.get(path), strange));
        if (!strange.isEmpty()) {
            notices.add(new Notice(
                    true, "Invalid key(s) found in Parse Server configuration: " + String.join(", ", strange)));
        }
        String appId = options.get(CoreOptions.APP_ID);
        if (appId != null && appId.chars().anyMatch(c -> URL_SPECIAL.indexOf(c) >= 0)) {
            notices.add(Notice.warning(
                    "WARNING, appId that contains special characters can cause issues while using with urls."));
        }
        for (Option<?> option : Catalogue.all()) {
            if (!option.isPattern() && options.isSet(option)) {
                addNotice(option, plain, notices);
            }
        }
        return notices;
    }

    private static void addNotice(Option<?> option, Map<String, Object> plain, List<Notice> notices) {
        if (option.deprecated() != null && option != PermissionOptions.USER_SENSITIVE_FIELDS) {
            notices.add(Notice.warning("DeprecationWarning: The Parse Server option '" + option
                    + "' is deprecated and will be removed in a future version."));
        }
        // A nested option is named only when its parent works, and nothing is said about a value that asks
        // for what happens anyway.
        boolean covered =
                option.isNested() && Catalogue.find(option.root()).orElseThrow().availability() != Availability.NOW;
        Object value = option.in(plain);
        if (covered || value == null || value.equals(option.plainDefault()) || value.equals(false)) {
            return;
        }
        switch (option.availability()) {
            case NOW -> {}
            case LATER ->
                notices.add(Notice.warning(
                        "Option " + option + " has no effect yet: its feature is not part of this version."));
            case NEVER ->
                notices.add(Notice.warning("Option " + option
                        + " has no effect: it belongs to Node.js or to an older version of the API."));
        }
    }

    /** Adds {@code pages.foo} for keys that an object with listed keys does not have. */
    private static void addUnknownKeys(String path, Object value, Set<String> unknown) {
        switch (value) {
            case Map<?, ?> map
            when Catalogue.listsKeysOf(path) ->
                map.forEach((key, item) -> {
                    String child = path + "." + key;
                    if (Catalogue.find(child).isEmpty()) {
                        unknown.add(child);
                    } else {
                        addUnknownKeys(child, item, unknown);
                    }
                });
            case List<?> list -> list.forEach(item -> addUnknownKeys(path + "[]", item, unknown));
            case null, default -> {}
        }
    }
}
