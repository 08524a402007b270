package dev.kami.parse.api;

import dev.kami.parse.database.Database;
import dev.kami.parse.database.SchemaCatalog;
import dev.kami.parse.database.SchemaEditor;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.SchemaJson;
import dev.kami.parse.value.JsText;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.List;
import java.util.function.Consumer;

/** {@code /schemas}: classes as they are and how they change; {@code /purge}: all objects of a class go. */
public final class SchemasRoutes implements Routes {
    private final SchemaCatalog schemas;
    private final SchemaEditor editor;
    private final Database database;
    private final boolean locked;
    private final Consumer<String> emptied;

    /**
     * @param emptied told the name of a class all of whose objects are gone
     * @param locked option {@code schema.lockSchemas}: classes are made by their definitions alone
     */
    public SchemasRoutes(
            SchemaCatalog schemas, SchemaEditor editor, Database database, Consumer<String> emptied, boolean locked) {
        this.schemas = schemas;
        this.editor = editor;
        this.database = database;
        this.locked = locked;
        this.emptied = emptied;
    }

    @Override
    public void addTo(RouteTable table) {
        table.add("GET", "/schemas", this::all);
        table.add("GET", "/schemas/:className", this::one);
        table.add("POST", "/schemas", this::create);
        table.add("POST", "/schemas/:className", this::create);
        table.add("PUT", "/schemas/:className", this::update);
        table.add("DELETE", "/schemas/:className", this::delete);
        table.add("DELETE", "/purge/:className", this::purge);
    }

    private ApiResponse all(ApiRequest request) {
        request.requireMaster();
        List<ParseValue> results =
                schemas.all().stream().<ParseValue>map(SchemaJson::of).toList();
        return ApiResponse.ok(Obj.of("results", new Array(results)));
    }

    private ApiResponse one(ApiRequest request) {
        request.requireMaster();
        String className = request.variable("className");
        ClassSchema schema = schemas.find(className);
        if (schema == null) {
            throw SchemaEditor.doesNotExist(className);
        }
        return ApiResponse.ok(SchemaJson.of(schema));
    }

    private ApiResponse create(ApiRequest request) {
        request.requireMaster();
        requireUnlocked();
        request.requireWritingMaster("create a schema");
        return ApiResponse.ok(SchemaJson.of(editor.create(className(request), request.body())));
    }

    private ApiResponse update(ApiRequest request) {
        request.requireMaster();
        requireUnlocked();
        request.requireWritingMaster("update a schema");
        String className = editor.update(className(request), request.body()).className();
        // This answer alone shows the fields that option protectedFields adds, as that of the genuine server does.
        return ApiResponse.ok(schemas.rules(className).toJson());
    }

    private ApiResponse delete(ApiRequest request) {
        request.requireWritingMaster("delete a schema");
        editor.delete(request.variable("className"));
        return ApiResponse.empty();
    }

    private ApiResponse purge(ApiRequest request) {
        request.requireWritingMaster("purge a schema");
        database.purge(request.variable("className"));
        emptied.accept(request.variable("className"));
        return ApiResponse.empty();
    }

    private void requireUnlocked() {
        if (locked) {
            throw new ParseException(
                    ErrorCode.OPERATION_FORBIDDEN, "Cannot perform this operation when schemas options is used.");
        }
    }

    /** The name in the path or the body; where both have one, it must be the same. */
    private static String className(ApiRequest request) {
        String inPath = request.variable("className");
        ParseValue inBody = request.body().get("className");
        if (!JsText.isTruthy(inBody)) {
            if (inPath == null) {
                throw new ParseException(
                        ErrorCode.MISSING_REQUIRED_ID, "POST " + request.path() + " needs a class name.");
            }
            return inPath;
        }
        if (inPath != null && !inBody.equals(new Str(inPath))) {
            throw new ParseException(
                    ErrorCode.INVALID_CLASS_NAME,
                    "Class name mismatch between " + JsText.of(inBody) + " and " + inPath + ".");
        }
        return JsText.of(inBody);
    }
}
