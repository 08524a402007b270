package dev.kami.parse.rest;

import static dev.kami.parse.rest.ObjectCore.json;
import static dev.kami.parse.rest.ObjectCore.nobody;
import static dev.kami.parse.rest.ObjectCore.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.auth.Caller;
import dev.kami.parse.value.ParseValue;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestAggregateTest {
    private final ObjectCore core = new ObjectCore();
    private String red;

    @BeforeEach
    void fill() {
        red = core.create("Team", "{'name':'red'}");
        String pointer = "{'__type':'Pointer','className':'Team','objectId':'" + red + "'}";
        core.create("Game", "{'n':1,'kind':'a','tags':['x','y'],'team':" + pointer + "}");
        core.create("Game", "{'n':2,'kind':'a','tags':['x']}");
        core.create("Game", "{'n':5,'kind':'b','ACL':{}}");
        core.storage.calls();
    }

    @AfterEach
    void close() {
        core.close();
    }

    private List<ParseValue> aggregate(String className, String params) {
        return core.operations.aggregate(Caller.SERVER, className, json(params));
    }

    @Test
    void aGroupIsComputedOverOneFind() {
        assertThat(aggregate(
                        "Game",
                        "{'pipeline':[{'$match':{'n':{'$lt':9}}},{'$group':{'_id':'$kind','sum':{'$sum':'$n'}}},"
                                + "{'$sort':{'_id':1}}]}"))
                .containsExactly(value("{'objectId':'a','sum':3}"), value("{'objectId':'b','sum':5}"));
        assertThat(core.storage.calls()).containsExactly("find Game");
    }

    @Test
    void stagesMayLookIntoOtherClasses() {
        assertThat(aggregate(
                        "Game",
                        "{'pipeline':[{'$match':{'n':1}},{'$lookup':{'from':'Team','localField':'_p_team',"
                                + "'foreignField':'_id','as':'found'}},{'$project':{'_id':0,'n':1}}]}"))
                .hasSize(1);
        assertThat(core.storage.calls()).startsWith("find Game");
    }

    @Test
    void distinctValuesAreUnwoundAndFiltered() {
        assertThat(aggregate("Game", "{'distinct':'tags'}")).containsExactlyInAnyOrder(value("'x'"), value("'y'"));
        assertThat(aggregate("Game", "{'distinct':'kind','where':{'n':{'$gt':2}}}"))
                .containsExactly(value("'b'"));
        assertThat(aggregate(
                        "Game",
                        "{'distinct':'n','where':{'team':{'$inQuery':{'className':'Team','where':{'name':'red'}}}}}"))
                .containsExactly(value("1"));
    }

    @Test
    void anUnknownClassHasNothingToAggregate() {
        assertThat(aggregate("Nope", "{'pipeline':[{'$match':{}}]}")).isEmpty();
        assertThat(aggregate("Nope", "{'distinct':'a'}")).isEmpty();
    }

    @Test
    void whatTheCallerMayNotSeeIsNotCounted() {
        assertThat(core.operations.aggregate(
                        nobody(), "Game", json("{'pipeline':[{'$group':{'_id':null,'n':{'$sum':'$n'}}}]}")))
                .extracting(ParseValue::toJson)
                .containsExactly("{\"objectId\":null,\"n\":3}");
        assertThatThrownBy(
                        () -> core.operations.aggregate(
                                nobody(),
                                "Game",
                                json(
                                        "{'pipeline':[{'$lookup':{'from':'_JobStatus','localField':'n','foreignField':'n','as':'x'}}]}")))
                .hasMessageContaining("_JobStatus collection");
    }
}
