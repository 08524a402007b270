package dev.kami.parse.migrate;

import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.FieldType.Kind;
import dev.kami.parse.schema.SchemaChange.AddField;
import dev.kami.parse.schema.SchemaChange.AddIndex;
import dev.kami.parse.schema.SchemaChange.CreateClass;
import dev.kami.parse.schema.SchemaChange.SetPermissions;
import dev.kami.parse.schema.SystemClasses;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Bytes;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.File;
import dev.kami.parse.value.ParseValue.GeoPoint;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Pointer;
import dev.kami.parse.value.ParseValue.Polygon;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** An application with a value of every kind in it. */
final class Sample {
    static final int SCORES = 1_234;

    private Sample() {}

    /** Class {@code Score} alone, with so many objects. */
    static ClassSchema scores(StorageAdapter storage, int count) {
        storage.change("Score", List.of(new CreateClass(SystemClasses.initial("Score"))));
        storage.change(
                "Score",
                List.of(
                        new AddField("name", FieldType.STRING),
                        new AddField("points", FieldType.NUMBER),
                        new AddField("tags", FieldType.ARRAY)));
        ClassSchema schema = stored(storage, "Score");
        var page = new ArrayList<ParseObject>();
        for (int i = 0; i < count; i++) {
            page.add(object(
                    "Score",
                    "s" + Integer.toString(i * 7919 % 100_003, 36) + "x" + i,
                    "name",
                    new Str("Player " + i),
                    "points",
                    new Num(i / 4.0),
                    "tags",
                    new Array(List.of(new Str("t" + i % 10), new Num(i)))));
            if (page.size() == 500 || i == count - 1) {
                storage.insertAll(schema, page);
                page.clear();
            }
        }
        return schema;
    }

    static ParseObject object(String className, String id, Object... keysAndValues) {
        var fields = new LinkedHashMap<String, ParseValue>();
        fields.put("objectId", new Str(id));
        fields.put("createdAt", new Date(1_500_000_000_123L));
        fields.put("updatedAt", new Date(1_600_000_000_456L));
        fields.putAll(Obj.of(keysAndValues).fields());
        return ParseObject.of(className, new Obj(fields));
    }

    static ClassSchema stored(StorageAdapter storage, String className) {
        return storage.loadSchemas().stream()
                .filter(schema -> schema.className().equals(className))
                .findFirst()
                .orElseThrow();
    }

    private static ParseValue json(String text) {
        return JsonReader.read(text);
    }

    static void fill(StorageAdapter storage) {
        everyType(storage);
        users(storage);
        classesOfTheServer(storage);
        scores(storage, SCORES);
        storage.change("Empty", List.of(new CreateClass(SystemClasses.initial("Empty"))));
    }

    private static void everyType(StorageAdapter storage) {
        var fields = new LinkedHashMap<>(SystemClasses.initial("Game").fields());
        fields.put("name", new FieldType(Kind.STRING, null, true, new Str("nobody")));
        fields.put("score", new FieldType(Kind.NUMBER, null, false, new Num(3)));
        fields.put("won", FieldType.BOOLEAN);
        fields.put("playedAt", new FieldType(Kind.DATE, null, false, new Date(5)));
        fields.put("stats", FieldType.OBJECT);
        fields.put("tags", FieldType.ARRAY);
        fields.put("place", FieldType.of(Kind.GEO_POINT));
        fields.put("area", FieldType.of(Kind.POLYGON));
        fields.put("replay", FieldType.FILE);
        fields.put("seed", FieldType.of(Kind.BYTES));
        fields.put("owner", FieldType.pointer("_User"));
        fields.put("players", FieldType.relation("_User"));
        storage.change("Game", List.of(new CreateClass(new ClassSchema("Game", fields, null, new LinkedHashMap<>()))));
        storage.change(
                "Game",
                List.of(
                        new SetPermissions((Obj) json("{\"find\":{\"*\":true},\"get\":{\"role:admins\":true},"
                                + "\"protectedFields\":{\"*\":[\"score\"]}}")),
                        new AddIndex("byName", (Obj) json("{\"name\":1,\"score\":-1}"))));
        ClassSchema game = stored(storage, "Game");
        storage.insertAll(
                game,
                List.of(
                        object(
                                "Game",
                                "full",
                                "name",
                                new Str("\"quoted\", \\, \n line break, \u2028, ünï, 😀"),
                                "score",
                                new Num(0.1),
                                "won",
                                ParseValue.FALSE,
                                "playedAt",
                                new Date(-62_135_596_800_000L),
                                "stats",
                                json("{\"z\":1,\"a\":{\"deep\":[null,true,{\"n\":1e-7}]},\"when\":{\"__type\":\"Date\","
                                        + "\"iso\":\"2020-01-01T00:00:00.000Z\"},\"line\":\"a\\nb\",\"\":\"empty\"}"),
                                "tags",
                                json("[1,\"1\",null,[],{},{\"__type\":\"Pointer\",\"className\":\"Game\","
                                        + "\"objectId\":\"x\"},{\"__type\":\"unknown\"}]"),
                                "place",
                                new GeoPoint(40.000001, -30.123456789),
                                "area",
                                new Polygon(List.of(
                                        new GeoPoint(0, 0),
                                        new GeoPoint(0, 1),
                                        new GeoPoint(1, 1),
                                        new GeoPoint(0, 0))),
                                "replay",
                                new File("a_replay.bin", null),
                                "seed",
                                new Bytes("SGVsbG8="),
                                "owner",
                                new Pointer("_User", "u1"),
                                "ACL",
                                json("{\"u1\":{\"read\":true,\"write\":true},\"role:admins\":{\"write\":true}}")),
                        object("Game", "none"),
                        object("Game", "huge", "score", new Num(1.7976931348623157e308), "ACL", Obj.EMPTY),
                        object("Game", "open", "score", new Num(-1e21), "ACL", json("{\"*\":{\"read\":true}}")),
                        object("Game", "emptyTexts", "name", new Str(""), "stats", Obj.EMPTY, "tags", json("[]"))));
        storage.link("_Join:players:Game", "full", List.of("u1", "u2"));
        storage.link("_Join:players:Game", "none", List.of("u1"));
    }

    private static void users(StorageAdapter storage) {
        storage.change("_User", List.of(new AddField("nickname", FieldType.STRING)));
        storage.insertAll(
                stored(storage, "_User"),
                List.of(
                        object(
                                "_User",
                                "u1",
                                "username",
                                new Str("ann"),
                                "email",
                                new Str("Ann@x.test"),
                                "emailVerified",
                                ParseValue.TRUE,
                                "nickname",
                                new Str("A"),
                                "authData",
                                json("{\"facebook\":{\"id\":\"1\",\"access_token\":\"t\"}}"),
                                "_hashed_password",
                                new Str("$2b$10$abcdefghijklmnopqrstuv"),
                                "_email_verify_token",
                                new Str("token"),
                                "_email_verify_token_expires_at",
                                new Date(9_000),
                                "_account_lockout_expires_at",
                                new Date(10_000),
                                "_failed_login_count",
                                new Num(3),
                                "_perishable_token",
                                new Str("reset"),
                                "_perishable_token_expires_at",
                                new Date(11_000),
                                "_password_changed_at",
                                new Date(12_000),
                                "_password_history",
                                json("[\"$2b$10$one\",\"$2b$10$two\"]")),
                        object("_User", "u2", "username", new Str("bob"))));
        storage.change("_Session", List.of(new CreateClass(SystemClasses.initial("_Session"))));
        storage.insert(
                stored(storage, "_Session"),
                object(
                        "_Session",
                        "sess1",
                        "user",
                        new Pointer("_User", "u1"),
                        "sessionToken",
                        new Str("r:abc"),
                        "expiresAt",
                        new Date(1_700_000_000_000L),
                        "createdWith",
                        json("{\"action\":\"login\",\"authProvider\":\"password\"}")));
        storage.insert(stored(storage, "_Role"), object("_Role", "r1", "name", new Str("admins")));
        storage.insert(stored(storage, "_Role"), object("_Role", "r2", "name", new Str("all")));
        storage.link("_Join:users:_Role", "r1", List.of("u1"));
        storage.link("_Join:roles:_Role", "r2", List.of("r1"));
    }

    private static void classesOfTheServer(StorageAdapter storage) {
        storage.change("_Installation", List.of(new CreateClass(SystemClasses.initial("_Installation"))));
        storage.insert(
                stored(storage, "_Installation"),
                object(
                        "_Installation",
                        "i1",
                        "installationId",
                        new Str("12345678-1234-1234-1234-123456789abc"),
                        "channels",
                        json("[\"news\"]"),
                        "badge",
                        new Num(2)));
        put(storage, "_GlobalConfig", "{\"objectId\":\"1\",\"params\":{\"a.b\":1,\"on\":true},\"masterKeyOnly\":{}}");
        put(storage, "_GraphQLConfig", "{\"objectId\":\"1\",\"config\":{\"enabledForClasses\":[\"Game\"]}}");
        put(storage, "_Hooks", "{\"functionName\":\"hello\",\"url\":\"https://x.test/hello\"}");
        put(
                storage,
                "_Hooks",
                "{\"className\":\"Game\",\"triggerName\":\"beforeSave\",\"url\":\"https://x.test/save\"}");
        put(storage, "_JobSchedule", "{\"objectId\":\"j1\",\"jobName\":\"clean\",\"daysOfWeek\":[1,0],\"lastRun\":5}");
        put(storage, "_Audience", "{\"objectId\":\"a1\",\"name\":\"all\",\"query\":\"{}\",\"timesUsed\":1}");
        put(storage, "_JobStatus", "{\"objectId\":\"js1\",\"jobName\":\"clean\",\"params\":{\"x\":1}}");
        put(storage, "_PushStatus", "{\"objectId\":\"p1\",\"status\":\"done\",\"sentPerType\":{\"ios\":1}}");
        put(storage, "_Idempotency", "{\"objectId\":\"q1\",\"reqId\":\"abc\"}");
    }

    private static void put(StorageAdapter storage, String className, String json) {
        storage.insert(SystemClasses.initial(className), ParseObject.of(className, (Obj) json(json)));
    }
}
