package dev.kami.parse.options;

import java.util.List;
import java.util.Optional;

/**
 * The option {@code schema}: class schemas applied at start.
 *
 * @param definitions schemas as plain JSON values, in the form of the schemas API
 * @param strict end the start when a schema cannot be applied
 * @param lockSchemas refuse schema changes over the API
 */
public record SchemaOptions(
        List<Object> definitions,
        boolean strict,
        boolean deleteExtraFields,
        boolean recreateModifiedFields,
        boolean lockSchemas,
        boolean keepUnknownIndexes) {

    /** Empty when the option is not set, which is different from no definitions. */
    public static Optional<SchemaOptions> of(Options options) {
        if (options.get(ObjectOptions.SCHEMA) == null) {
            return Optional.empty();
        }
        return Optional.of(new SchemaOptions(
                options.get(ObjectOptions.SCHEMA_DEFINITIONS),
                options.is(ObjectOptions.SCHEMA_STRICT),
                options.is(ObjectOptions.SCHEMA_DELETE_EXTRA_FIELDS),
                options.is(ObjectOptions.SCHEMA_RECREATE_MODIFIED_FIELDS),
                options.is(ObjectOptions.SCHEMA_LOCK_SCHEMAS),
                options.is(ObjectOptions.SCHEMA_KEEP_UNKNOWN_INDEXES)));
    }
}
