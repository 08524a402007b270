package dev.kami.parse.rest;

import static dev.kami.parse.rest.ObjectCore.json;
import static dev.kami.parse.rest.ObjectCore.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.aggregate.AggregateCases;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of pipelines on a real database, and distinct. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AggregateTableTest {
    private final ObjectCore core = new ObjectCore(
            ObjectCore.PERMISSIONS,
            options -> new RestOptions(
                    options.appId(),
                    true,
                    true,
                    10,
                    100,
                    -1,
                    -1,
                    false,
                    false,
                    false,
                    List.of(),
                    List.of("*"),
                    null,
                    options.deviceTokens()));

    @BeforeAll
    void fill() {
        AggregateCases.shops().forEach(this::create);
        AggregateCases.sales().forEach(this::create);
    }

    private void create(ParseObject object) {
        core.now = Instant.ofEpochMilli(((ParseValue.Date) object.get("createdAt")).epochMillis());
        core.operations.create(Caller.SERVER, object.className(), object.toObj().without("createdAt", "updatedAt"));
        core.now = Instant.parse("2020-01-02T00:00:00Z");
    }

    @AfterAll
    void close() {
        core.close();
    }

    private List<ParseValue> sale(Obj params) {
        return core.operations.aggregate(Caller.SERVER, "Sale", params);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.kami.parse.aggregate.AggregateCases#all")
    void answersTheTable(AggregateCases.Case c) {
        assertThat(sale(c.params())).isEqualTo(c.expected());
    }

    @Test
    void distinctValuesOfAField() {
        assertThat(sale(json("{'distinct':'item'}")))
                .containsExactlyInAnyOrder(value("'tea'"), value("'coffee'"), value("'cake'"));
        assertThat(sale(json("{'distinct':'tags','where':{'price':{'$lt':4}}}")))
                .containsExactlyInAnyOrder(value("'hot'"), value("'green'"));
        assertThat(sale(json("{'distinct':'shop'}")))
                .containsExactlyInAnyOrder(
                        value("{'__type':'Pointer','className':'Shop','objectId':'s1'}"),
                        value("{'__type':'Pointer','className':'Shop','objectId':'s2'}"));
        assertThat(sale(json("{'distinct':'extra.sugar'}"))).containsExactlyInAnyOrder(value("1"), value("2"));
        assertThat(sale(json("{'distinct':'nowhere'}"))).isEmpty();
    }

    @Test
    void whereMayHoldSubQueries() {
        assertThat(
                        sale(
                                json(
                                        "{'distinct':'item','where':{'shop':{'$inQuery':{'className':'Shop','where':{'name':'South'}}}}}")))
                .containsExactly(value("'coffee'"));
    }

    @Test
    void namesThatAreNoFieldsAreRefused() {
        assertThatThrownBy(() -> sale(json("{'distinct':'a b'}")))
                .isInstanceOf(ParseException.class)
                .hasMessageStartingWith("Invalid field name: a");
        assertThatThrownBy(() -> sale(json("{'distinct':'_hashed_password'}")))
                .hasMessage("Invalid field name: _hashed_password");
    }

    @Test
    void filesComeWithTheirAddress() {
        core.create("Doc", "{'f':{'__type':'File','name':'a.txt','url':'http://localhost:1337/parse/files/A/a.txt'}}");
        assertThat(core.operations.aggregate(Caller.SERVER, "Doc", json("{'project':{'f':1,'_id':0}}")))
                .containsExactly(value(
                        "{'f':{'__type':'File','name':'a.txt','url':'http://localhost:1337/parse/files/A/a.txt'}}"));
    }

    @Test
    void anUnknownClassHasNothing() {
        assertThat(core.operations.aggregate(Caller.SERVER, "Nothing", json("{'group':{'_id':null}}")))
                .isEmpty();
    }

    @Test
    void onlyWhatIsNeededIsRead() {
        core.storage.calls();
        sale(json("{'match':{'item':'tea'},'group':{'_id':'$item'}}"));
        assertThat(core.storage.calls()).containsExactly("find Sale");
    }
}
