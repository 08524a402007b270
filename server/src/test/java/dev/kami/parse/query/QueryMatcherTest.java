package dev.kami.parse.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.query.Constraint.InQuery;
import dev.kami.parse.query.Constraint.Near;
import dev.kami.parse.query.Constraint.Permitted;
import dev.kami.parse.query.Constraint.Text;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.GeoPoint;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QueryMatcherTest {
    private static List<ParseObject> found(Constraint where) {
        return QueryCases.objects().stream()
                .filter(object -> QueryMatcher.matches(where, object))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.kami.parse.query.QueryCases#all")
    void answersTheTable(QueryCases.Case c) {
        var ids = new TreeSet<String>();
        found(c.constraint()).forEach(object -> ids.add(object.objectId()));
        assertThat(ids).isEqualTo(c.found());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.kami.parse.query.QueryCases#sorts")
    void sortsAsTheTableSays(QueryCases.SortCase c) {
        Constraint where = c.constraint();
        Comparator<ParseObject> order =
                switch (where) {
                    case Near(var path, GeoPoint center, var _)
                    when c.keys().isEmpty() ->
                        Comparator.comparingDouble(object -> Geo.radians((GeoPoint) object.get(path), center));
                    case Text text ->
                        Comparator.comparingDouble(object ->
                                -TextSearch.of(text).score(((ParseValue.Str) object.get(text.path())).value()));
                    default -> Values.order(c.keys());
                };
        assertThat(found(where).stream().sorted(order).map(ParseObject::objectId))
                .containsExactlyElementsOf(c.found());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.kami.parse.query.QueryCases#distincts")
    void collectsDistinctValuesAsTheTableSays(QueryCases.DistinctCase c) {
        var values = new LinkedHashSet<ParseValue>();
        found(c.constraint()).forEach(object -> Values.collectDistinct(object, c.path(), values));
        assertThat(values).containsExactlyInAnyOrderElementsOf(c.expected());
    }

    @Test
    void theTableIsLarge() {
        assertThat(QueryCases.all()).hasSizeGreaterThan(300);
        assertThat(QueryCases.all().map(QueryCases.Case::sentence)).doesNotHaveDuplicates();
    }

    @Test
    void anObjectWithoutAclIsForEverybodyAndOneWithAnEmptyAclForNobody() {
        assertThat(found(new Permitted(false, Set.of("*"))))
                .extracting(ParseObject::objectId)
                .containsExactly("full", "bare", "nulls", "lines", "apex", "west");
        assertThat(found(new Permitted(false, Set.of("*", "u1"))))
                .extracting(ParseObject::objectId)
                .contains("other")
                .doesNotContain("mixed");
        assertThat(found(new Permitted(true, Set.of("*", "role:mod"))))
                .extracting(ParseObject::objectId)
                .contains("other")
                .doesNotContain("full", "mixed");
    }

    @Test
    void constraintsThatNeedADatabaseAreADefect() {
        var query = Query.of("Team", Constraint.ALWAYS);
        assertThatThrownBy(() -> found(new InQuery("p", query, false))).isInstanceOf(IllegalStateException.class);
    }
}
