package dev.kami.parse.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.QueryCases;
import dev.kami.parse.query.ReadHints;
import dev.kami.parse.query.SortKey;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every store answers the table of queries that the matcher in memory answers. */
public interface QueryCaseContract {
    /** An adapter that {@link #fill} has filled; the same for all cases, none of which writes. */
    StorageAdapter storage();

    /** The class as the store knows it. */
    default ClassSchema schema() {
        return QueryCases.schema();
    }

    static void fill(StorageAdapter storage) {
        ClassSchema schema = QueryCases.schema();
        storage.change(schema.className(), List.of(new CreateClass(schema)));
        QueryCases.objects().forEach(object -> storage.insert(schema, object));
    }

    private List<String> found(Constraint where, List<SortKey> sort) {
        var ids = new ArrayList<String>();
        var find = new Find(schema(), where, sort, 0, -1, Set.of(), false, ReadHints.NONE);
        storage().find(find, object -> ids.add(object.objectId()));
        return ids;
    }

    private boolean storesNull() {
        return storage().capabilities().contains(Capability.STORES_NULL);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.kami.parse.query.QueryCases#all")
    default void answersTheTable(QueryCases.Case c) {
        Set<String> expected = storesNull() ? c.found() : c.foundWithoutNulls();
        assertThat(new TreeSet<>(found(c.constraint(), List.of()))).isEqualTo(expected);
        assertThat(storage().count(Find.all(schema(), c.constraint()))).isEqualTo(expected.size());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.kami.parse.query.QueryCases#sorts")
    default void sortsAsTheTableSays(QueryCases.SortCase c) {
        assertThat(found(c.constraint(), c.keys())).containsExactlyElementsOf(c.found());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.kami.parse.query.QueryCases#distincts")
    default void collectsDistinctValuesAsTheTableSays(QueryCases.DistinctCase c) {
        assertThat(storage().distinct(Find.all(schema(), c.constraint()), c.path()))
                .containsExactlyInAnyOrderElementsOf(c.expected());
    }
}
