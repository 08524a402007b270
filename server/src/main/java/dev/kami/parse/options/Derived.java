package dev.kami.parse.options;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Values that follow from other values, as the npm server derives them before anything reads them. */
final class Derived {
    private Derived() {}

    static void apply(Map<String, Object> plain, Map<String, Source> sources, List<Notice> notices) {
        plain.computeIfAbsent(
                "serverURL",
                _ -> "http://localhost:" + plain.get("port")
                        + Options.mountPath(String.valueOf(plain.get("mountPath"))));
        if (plain.get("rateLimit") instanceof Map<?, ?> one) {
            plain.put("rateLimit", List.of(one));
        }
        if (plain.get("protectedFields") instanceof Map<?, ?> fields) {
            boolean merge = !(sources.containsKey("protectedFields")
                    && Boolean.FALSE.equals(plain.get("protectedFieldsOwnerExempt")));
            plain.put("protectedFields", OptionJson.freeze(withDefaults(fields, merge)));
        }
        if (plain.get("userSensitiveFields") instanceof List<?> sensitive) {
            notices.add(Notice.warning("DEPRECATED: userSensitiveFields has been replaced by protectedFields allowing"
                    + " the ability to protect fields in all classes with CLP."));
            plain.put(
                    "protectedFields",
                    OptionJson.freeze(withSensitive((Map<?, ?>) plain.get("protectedFields"), sensitive)));
        }
    }

    /**
     * The fields protected by default are added to every class and group that has them.
     *
     * @param merge false: an explicit list for the same class and group stays as it is
     */
    private static Map<Object, Object> withDefaults(Map<?, ?> fields, boolean merge) {
        var result = new LinkedHashMap<Object, Object>(fields);
        ((Map<?, ?>) PermissionOptions.PROTECTED_FIELDS.plainDefault()).forEach((className, standard) -> {
            if (!(result.get(className) instanceof Map<?, ?> groups)) {
                result.put(className, standard);
                return;
            }
            var merged = new LinkedHashMap<Object, Object>(groups);
            ((Map<?, ?>) standard).forEach((group, names) -> {
                if (merge || !merged.containsKey(group)) {
                    merged.put(group, union(merged.get(group), names));
                }
            });
            result.put(className, merged);
        });
        return result;
    }

    private static Map<Object, Object> withSensitive(Map<?, ?> fields, List<?> sensitive) {
        var result = new LinkedHashMap<Object, Object>(fields);
        var user = new LinkedHashMap<Object, Object>();
        if (result.get("_User") instanceof Map<?, ?> groups) {
            user.putAll(groups);
        }
        user.put("*", union(user.get("*"), sensitive));
        result.put("_User", user);
        return result;
    }

    private static List<Object> union(Object first, Object second) {
        Set<Object> all = new LinkedHashSet<>();
        if (first instanceof List<?> list) {
            all.addAll(list);
        }
        if (second instanceof List<?> list) {
            all.addAll(list);
        }
        return List.copyOf(all);
    }
}
