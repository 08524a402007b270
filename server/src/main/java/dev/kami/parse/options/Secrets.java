package dev.kami.parse.options;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Hides what must not be listed: secret options, and inside objects every key that sounds like one. */
final class Secrets {
    static final String REDACTED = "<REDACTED>";

    private static final Set<String> TELLING = Set.of("key", "keys", "password", "secret", "token", "passphrase");

    private Secrets() {}

    static Object mask(Option<?> option, Object value) {
        return option.isSecret() ? REDACTED : mask(option.path(), value);
    }

    private static Object mask(String path, Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, Object>();
                map.forEach((key, item) -> {
                    String name = String.valueOf(key);
                    String child = path + "." + name;
                    boolean secret = Catalogue.find(child)
                            .map(Option::isSecret)
                            .orElseGet(() -> item instanceof String && soundsSecret(name));
                    copy.put(name, secret ? REDACTED : mask(child, item));
                });
                yield copy;
            }
            case List<?> list ->
                list.stream().map(item -> mask(path + "[]", item)).toList();
            case String text when text.contains("://") -> text.replaceFirst("(://[^:/@?#]*):[^@/]*@", "$1:********@");
            case null, default -> value;
        };
    }

    /** {@code apiKey}, {@code client_secret}, {@code password} ...; not {@code key} alone, which names a field. */
    static boolean soundsSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !lower.equals("key") && TELLING.stream().anyMatch(lower::endsWith);
    }
}
