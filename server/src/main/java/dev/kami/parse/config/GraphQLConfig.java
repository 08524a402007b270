package dev.kami.parse.config;

import dev.kami.parse.database.SchemaCatalog;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.LinkedHashMap;

/** Which classes and fields GraphQL shows: {@code {enabledForClasses, disabledForClasses, classConfigs}}. */
public final class GraphQLConfig {
    private final ConfigRow row;

    public GraphQLConfig(StorageAdapter storage, SchemaCatalog schemas) {
        this.row = new ConfigRow(storage, schemas, "_GraphQLConfig");
    }

    /** {@code {}} when nothing is stored. */
    public Obj read() {
        return row.read()
                .map(stored -> stored.get("config") instanceof Obj config ? config : Obj.EMPTY)
                .orElse(Obj.EMPTY);
    }

    /**
     * Replaces the whole configuration.
     *
     * @throws dev.kami.parse.error.ParseException 107 {@code Invalid graphQLConfig: ...}
     */
    public void replace(Obj config) {
        GraphQLConfigRules.check(config);
        var ops = new LinkedHashMap<String, FieldOp>();
        ops.put("config", new FieldOp.Set(config));
        row.write(ops);
    }
}
