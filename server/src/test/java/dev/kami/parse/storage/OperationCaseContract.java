package dev.kami.parse.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.error.ParseException;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.op.OperationCases;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every store does to its objects what the operations do in memory. */
public interface OperationCaseContract {
    StorageAdapter storage();

    /** A class for each type of field, so that cases share tables. */
    private ClassSchema classWith(FieldType type) {
        String name = "Op" + type.kind().name().toLowerCase(Locale.ROOT).replace("_", "");
        ClassSchema schema = SystemClasses.initial(name).withField("f", type);
        storage().change(name, List.of(new CreateClass(schema)));
        return schema;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.kami.parse.op.OperationCases#all")
    default void storesWhatTheOperationMakes(OperationCases.Case c) {
        ClassSchema schema = classWith(c.type());
        storage().delete(schema, new EqualTo("objectId", new Str("o1")));
        Obj fields = Obj.of("objectId", new Str("o1"));
        ParseValue before = c.valueBefore();
        storage()
                .insert(schema, ParseObject.of(schema.className(), before == null ? fields : fields.with("f", before)));
        var update = new Update(
                schema,
                new EqualTo("objectId", new Str("o1")),
                new LinkedHashMap<>(Map.<String, FieldOp>of(c.path(), c.operation())));
        if (c.refused() == 0) {
            assertThat(storage().updateOne(update).orElseThrow().get("f")).isEqualTo(c.valueAfter());
        } else {
            assertThatThrownBy(() -> storage().updateOne(update))
                    .asInstanceOf(InstanceOfAssertFactories.type(ParseException.class))
                    .satisfies(e -> assertThat(e.code().number()).isEqualTo(c.refused()));
        }
        var read = new ArrayList<ParseObject>();
        storage().find(Find.all(schema, update.where()), read::add);
        assertThat(read.getFirst().get("f")).isEqualTo(c.valueAfter());
    }
}
