package dev.kami.parse.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.SchemaChange.AddField;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SchemaChange.DropClass;
import dev.kami.parse.schema.SchemaChange.SetPermissions;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.storage.sql.EmbeddedDatabase;
import dev.kami.parse.value.ParseValue.Obj;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaCatalogTest {
    private static final PermissionRules NO_OPTIONS = new PermissionRules(Map.of(), true, true);

    private final StorageAdapter storage =
            EmbeddedDatabase.memory(UUID.randomUUID().toString());
    private final SchemaCatalog schemas = new SchemaCatalog(storage, NO_OPTIONS);

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void aClassAndItsFieldsAreThereAfterTheyWereAskedFor() {
        long before = schemas.version();

        ClassSchema made = schemas.ensureFields("Game", Map.of("score", FieldType.NUMBER));

        assertThat(made.fields().keySet())
                .containsExactlyInAnyOrder("objectId", "createdAt", "updatedAt", "ACL", "score");
        assertThat(schemas.find("Game")).isSameAs(made);
        assertThat(schemas.version()).isGreaterThan(before);
        assertThat(new SchemaCatalog(storage, NO_OPTIONS).find("Game").fields()).isEqualTo(made.fields());
    }

    @Test
    void askingAgainChangesNothing() {
        ClassSchema made = schemas.ensureFields("Game", Map.of("score", FieldType.NUMBER));
        long version = schemas.version();

        assertThat(schemas.ensureFields("Game", Map.of("score", FieldType.NUMBER)))
                .isSameAs(made);
        assertThat(schemas.ensureClass("Game")).isSameAs(made);
        assertThat(schemas.version()).isEqualTo(version);
    }

    @Test
    void anotherTypeIsRefused() {
        schemas.ensureFields("Game", Map.of("team", FieldType.pointer("Team")));

        assertThatThrownBy(() -> schemas.ensureFields("Game", Map.of("team", FieldType.pointer("Club"))))
                .hasMessage("schema mismatch for Game.team; expected Pointer<Team> but got Pointer<Club>");
    }

    @Test
    void aFieldOfAnotherNodeIsTakenOver() {
        schemas.ensureClass("Game");
        var other = new SchemaCatalog(storage, NO_OPTIONS);
        other.ensureFields("Game", Map.of("score", FieldType.NUMBER));

        assertThat(schemas.ensureFields("Game", Map.of("score", FieldType.NUMBER))
                        .field("score"))
                .isEqualTo(FieldType.NUMBER);
    }

    @Test
    void aClassOfAnotherNodeStaysUnknown() {
        var now = new AtomicLong();
        var here = new SchemaCatalog(storage, NO_OPTIONS, now::get);
        schemas.ensureFields("Game", Map.of("score", FieldType.NUMBER));
        long version = here.version();

        assertThat(here.find("Game")).isNull(); // it has just looked
        now.addAndGet(Duration.ofMillis(20).toNanos());

        assertThat(here.find("Game").field("score")).isEqualTo(FieldType.NUMBER);
        assertThat(here.rules("Team")).isNull();
        assertThat(here.find("Club")).isNull();
        assertThat(here.version()).isEqualTo(version + 1); // one look for all of them
    }

    @Test
    void aClassThatAnotherNodeHasClosedIsOpenToThisOne() {
        var here = new SchemaCatalog(storage, NO_OPTIONS, () -> 0);
        schemas.ensureClass("Game");
        schemas.change("Game", List.of(new SetPermissions(Obj.of("find", Obj.EMPTY))));

        assertThat(here.ensureClass("Game").permissions()).isEqualTo(Obj.of("find", Obj.EMPTY));
        assertThat(here.rules("Game").schema().permissions()).isNotNull();
    }

    @Test
    void aFieldThatAnotherNodeGaveAnotherTypeIsRefusedAndKnownFromThenOn() {
        schemas.ensureClass("Game");
        new SchemaCatalog(storage, NO_OPTIONS).ensureFields("Game", Map.of("score", FieldType.NUMBER));

        assertThatThrownBy(() -> schemas.ensureFields("Game", Map.of("score", FieldType.STRING)))
                .hasMessage("schema mismatch for Game.score; expected Number but got String");
        assertThat(schemas.find("Game").field("score")).isEqualTo(FieldType.NUMBER);
    }

    @Test
    void volatileClassesAreKnownButNotListed() {
        schemas.ensureClass("_JobStatus");

        assertThat(schemas.find("_JobStatus").field("jobName")).isEqualTo(FieldType.STRING);
        assertThat(schemas.find("_PushStatus")).isNotNull();
        assertThat(schemas.all()).extracting(ClassSchema::className).doesNotContain("_JobStatus", "_PushStatus");
    }

    @Test
    void changesOfTheSchemaApiAreSeenAtOnce() {
        schemas.change("Game", List.of(new CreateClass(SystemClasses.initial("Game"))));
        schemas.change("Game", List.of(new AddField("n", FieldType.NUMBER)));
        assertThat(schemas.find("Game").field("n")).isEqualTo(FieldType.NUMBER);

        assertThat(schemas.change("Game", List.of(new DropClass()))).isNull();
        assertThat(schemas.find("Game")).isNull();
        assertThat(schemas.ensureClass("Game").field("n")).isNull();
    }

    @Test
    void systemClassesHaveTheirColumnsHoweverTheyWereStored() {
        schemas.createSystemClasses();

        assertThat(schemas.find("_User").fields()).containsKeys("username", "email", "authData");
        assertThat(schemas.find("_Role").field("users")).isEqualTo(FieldType.relation("_User"));
    }
}
