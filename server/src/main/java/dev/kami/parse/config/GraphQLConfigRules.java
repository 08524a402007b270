package dev.kami.parse.config;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.JsText;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Null;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a GraphQL configuration may look like. Every part is optional, and null counts as left out. */
final class GraphQLConfigRules {
    /** A part is wrong in this way; carries the end of the sentence. */
    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String text) {
            super(text, null, false, false);
        }
    }

    private GraphQLConfigRules() {}

    /** @throws ParseException 107 with everything that is wrong, each class with its first fault */
    static void check(Obj config) {
        var faults = new ArrayList<String>();
        String unknown = unknownKeys(config, "enabledForClasses", "disabledForClasses", "classConfigs");
        if (!unknown.isEmpty()) {
            faults.add("encountered invalid keys: [" + unknown + "]");
        }
        for (String list : List.of("enabledForClasses", "disabledForClasses")) {
            if (part(config, list).filter(names -> !isTexts(names)).isPresent()) {
                faults.add('"' + list + "\" is not a valid array");
            }
        }
        part(config, "classConfigs").ifPresent(classes -> {
            if (classes instanceof Array(var items)) {
                items.forEach(item -> faultOfClass(item).ifPresent(faults::add));
            } else {
                faults.add("\"classConfigs\" is not a valid array");
            }
        });
        if (!faults.isEmpty()) {
            throw new ParseException(ErrorCode.INVALID_JSON, "Invalid graphQLConfig: " + String.join("; ", faults));
        }
    }

    private static Optional<String> faultOfClass(ParseValue config) {
        try {
            checkClass(config);
            return Optional.empty();
        } catch (Wrong wrong) {
            ParseValue name = config instanceof Obj object ? object.get("className") : null;
            return Optional.of("classConfig:" + JsText.of(name) + " is invalid because " + wrong.getMessage());
        }
    }

    private static void checkClass(ParseValue value) {
        if (!(value instanceof Obj config)) {
            throw new Wrong("it must be a valid object");
        }
        String unknown = unknownKeys(config, "className", "type", "query", "mutation");
        if (!unknown.isEmpty()) {
            throw new Wrong("\"invalidKeys\" [" + unknown + "] should not be present");
        }
        String className = config.text("className");
        if (className == null || className.isBlank()) {
            throw new Wrong("\"className\" must be a valid string");
        }
        part(config, "type").ifPresent(type -> checkType(className, object(type, "type")));
        part(config, "query").ifPresent(query -> {
            Obj parts = object(query, "query");
            requireOnly(parts, "query", "find", "get", "findAlias", "getAlias");
            requireBooleans(parts, "query", "find", "get");
            requireTexts(parts, "query", "findAlias", "getAlias");
        });
        part(config, "mutation").ifPresent(mutation -> {
            Obj parts = object(mutation, "mutation");
            requireOnly(parts, "mutation", "create", "update", "destroy", "createAlias", "updateAlias", "destroyAlias");
            requireBooleans(parts, "mutation", "create", "update", "destroy");
            requireTexts(parts, "mutation", "createAlias", "updateAlias", "destroyAlias");
        });
    }

    private static void checkType(String className, Obj type) {
        requireOnly(type, "type", "inputFields", "outputFields", "constraintFields", "sortFields");
        for (String list : List.of("outputFields", "constraintFields")) {
            if (part(type, list).filter(names -> !isTexts(names)).isPresent()) {
                throw new Wrong('"' + list + "\" must be a valid string array");
            }
        }
        part(type, "sortFields").ifPresent(GraphQLConfigRules::checkSortFields);
        part(type, "inputFields").ifPresent(input -> checkInputFields(className, object(input, "inputFields")));
    }

    private static void checkSortFields(ParseValue value) {
        if (!(value instanceof Array(var fields))) {
            throw new Wrong("\"sortFields\" must be a valid array.");
        }
        for (int i = 0; i < fields.size(); i++) {
            String at = "\"sortField\" at index " + i;
            if (!(fields.get(i) instanceof Obj field)) {
                throw new Wrong(at + " is not a valid object");
            }
            String unknown = unknownKeys(field, "field", "asc", "desc");
            if (!unknown.isEmpty()) {
                throw new Wrong(at + " contains invalid keys, [" + unknown + "]");
            }
            if (field.text("field") == null || field.text("field").isBlank()) {
                throw new Wrong(at + " did not provide the \"field\" as a string");
            }
            if (!(field.get("asc") instanceof Bool) || !(field.get("desc") instanceof Bool)) {
                throw new Wrong(at + " did not provide \"asc\" or \"desc\" as booleans");
            }
        }
    }

    private static void checkInputFields(String className, Obj input) {
        String unknown = unknownKeys(input, "create", "update");
        if (!unknown.isEmpty()) {
            throw new Wrong("\"inputFields\" contains invalid keys: [" + unknown + "]");
        }
        for (String list : List.of("update", "create")) {
            if (part(input, list).filter(names -> !isTexts(names)).isPresent()) {
                throw new Wrong("\"inputFields." + list + "\" must be a valid string array");
            }
        }
        boolean signUpImpossible = className.equals("_User")
                && input.get("create") instanceof Array(var names)
                && !(names.contains(new Str("username")) && names.contains(new Str("password")));
        if (signUpImpossible) {
            throw new Wrong("\"inputFields.create\" must include required fields, username and password");
        }
    }

    private static Obj object(ParseValue value, String name) {
        if (value instanceof Obj object) {
            return object;
        }
        throw new Wrong('"' + name + "\" must be a valid object");
    }

    private static void requireOnly(Obj object, String name, String... known) {
        String unknown = unknownKeys(object, known);
        if (!unknown.isEmpty()) {
            throw new Wrong('"' + name + "\" contains invalid keys, [" + unknown + "]");
        }
    }

    private static void requireBooleans(Obj object, String name, String... keys) {
        for (String key : keys) {
            if (part(object, key).filter(value -> !(value instanceof Bool)).isPresent()) {
                throw new Wrong('"' + name + "." + key + "\" must be a boolean");
            }
        }
    }

    private static void requireTexts(Obj object, String name, String... keys) {
        for (String key : keys) {
            if (part(object, key).filter(value -> !(value instanceof Str)).isPresent()) {
                throw new Wrong('"' + name + "." + key + "\" must be a string");
            }
        }
    }

    private static String unknownKeys(Obj object, String... known) {
        return String.join(",", object.without(known).fields().keySet());
    }

    private static Optional<ParseValue> part(Obj object, String key) {
        return Optional.ofNullable(object.get(key)).filter(value -> !(value instanceof Null));
    }

    private static boolean isTexts(ParseValue value) {
        return value instanceof Array(var items)
                && items.stream().allMatch(item -> item instanceof Str(String text) && !text.isBlank());
    }
}
