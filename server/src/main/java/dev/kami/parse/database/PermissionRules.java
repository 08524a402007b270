package dev.kami.parse.database;

import dev.kami.parse.options.Options;
import dev.kami.parse.options.PermissionOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The options that decide about permissions.
 *
 * @param protectedFields class name to group ({@code *}, {@code authenticated}, user id, {@code role:<name>},
 *     {@code userField:<field>}) to the fields that are hidden from it, merged with what the class itself says
 * @param ownerExempt a user sees all fields of the own {@code _User} object
 * @param saveResponseExempt answers of a write may contain protected fields
 */
public record PermissionRules(
        Map<String, Map<String, List<String>>> protectedFields, boolean ownerExempt, boolean saveResponseExempt) {

    public static PermissionRules from(Options options) {
        var classes = new LinkedHashMap<String, Map<String, List<String>>>();
        for (var entry : options.get(PermissionOptions.PROTECTED_FIELDS).entrySet()) {
            if (entry.getValue() instanceof Map<?, ?> groups) {
                var fields = new LinkedHashMap<String, List<String>>();
                groups.forEach((group, names) -> {
                    if (names instanceof List<?> list) {
                        fields.put(
                                group.toString(),
                                list.stream().map(Object::toString).toList());
                    }
                });
                classes.put(entry.getKey(), fields);
            }
        }
        return new PermissionRules(
                classes,
                options.is(PermissionOptions.PROTECTED_FIELDS_OWNER_EXEMPT),
                options.is(PermissionOptions.PROTECTED_FIELDS_SAVE_RESPONSE_EXEMPT));
    }
}
