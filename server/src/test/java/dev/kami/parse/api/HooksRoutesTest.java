package dev.kami.parse.api;

import dev.kami.parse.Exchange;
import dev.kami.parse.TestCore;
import dev.kami.parse.auth.Auth;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HooksRoutesTest {
    private static final String INVALID = "invalid hook declaration";

    private TestCore core;
    private Exchange master;

    @BeforeEach
    void start() {
        core = TestCore.start();
        master = core.as(Auth.MASTER);
    }

    @AfterEach
    void stop() {
        core.close();
    }

    @Test
    void functionsAreDeclaredChangedAndDeleted() {
        master.get("/hooks/functions").answers(200, "[]");
        master.post("/hooks/functions", "{'functionName':'f','url':'http://a','extra':1}")
                .answers(200, "{'functionName':'f','url':'http://a'}");
        master.put("/hooks/functions/f", "{'url':'http://b'}").answers(200, "{'functionName':'f','url':'http://b'}");
        master.get("/hooks/functions/f").answers(200, "{'functionName':'f','url':'http://b'}");
        master.get("/hooks/functions").answers(200, "[{'functionName':'f','url':'http://b'}]");
        master.get("/hooks/triggers").answers(200, "[]");
        master.put("/hooks/functions/f", "{'__op':'Delete'}").answers(200, "{}");
        master.put("/hooks/functions/f", "{'__op':'Delete'}").fails(101, "Object not found.");
        master.get("/hooks/functions").answers(200, "[]");
    }

    @Test
    void triggersAreDeclaredChangedAndDeleted() {
        String trigger = "{'className':'G','triggerName':'beforeSave','url':'http://a'}";
        master.post("/hooks/triggers", trigger).answers(200, trigger);
        master.post("/hooks/triggers", "{'className':'G','triggerName':'afterSave','url':'http://a'}");
        master.get("/hooks/triggers/G/beforeSave").answers(200, trigger);
        master.put("/hooks/triggers/G/afterSave", "{'__op':'Delete'}").answers(200, "{}");
        master.put("/hooks/triggers/G/beforeSave", "{'url':'http://b'}")
                .answers(200, "{'className':'G','triggerName':'beforeSave','url':'http://b'}");
        master.get("/hooks/triggers").answers(200, "[{'className':'G','triggerName':'beforeSave','url':'http://b'}]");
        master.get("/hooks/functions").answers(200, "[]");
    }

    @Test
    void aHookIsDeclaredOnce() {
        master.post("/hooks/functions", "{'functionName':'f','url':'http://a'}");
        master.post("/hooks/functions", "{'functionName':'f','url':'http://b'}")
                .fails(143, "function name: f already exists");
        master.post("/hooks/triggers", "{'className':'G','triggerName':'beforeSave','url':'http://a'}");
        master.post("/hooks/triggers", "{'className':'G','triggerName':'beforeSave','url':'http://b'}")
                .fails(143, "class G already has trigger beforeSave");
    }

    @Test
    void whatIsNotDeclaredIsNamed() {
        master.get("/hooks/functions/f").fails(143, "no function named: f is defined");
        master.put("/hooks/functions/f", "{'url':'http://a'}").fails(143, "no function named: f is defined");
        master.get("/hooks/triggers/G/beforeSave").fails(143, "class G does not exist");
        master.put("/hooks/triggers/G/beforeSave", "{'url':'http://a'}").fails(143, "class G does not exist");
    }

    @Test
    void incompleteDeclarationsAreRefused() {
        master.post("/hooks/functions", "{}").fails(143, INVALID);
        master.post("/hooks/functions", "{'functionName':'f'}").fails(143, INVALID);
        master.post("/hooks/functions", "{'functionName':5,'url':'http://a'}").fails(143, INVALID);
        master.post("/hooks/triggers", "{'className':'G','url':'http://a'}").fails(143, INVALID);
        master.post("/hooks/triggers", "{'className':'G','triggerName':'wrong','url':'http://a'}")
                .fails(143, INVALID);
        master.post("/hooks/triggers", "{'className':'_Session','triggerName':'beforeSave','url':'http://a'}")
                .fails(143, INVALID);
        master.put("/hooks/functions/f", "{}").fails(143, INVALID);
        master.put("/hooks/triggers/G/beforeSave", "{'url':''}").fails(143, INVALID);
    }

    @Test
    void onlyTheWritingMasterDeclares() {
        Exchange nobody = core.as(Auth.NOBODY);
        nobody.get("/hooks/functions").needsTheMasterKey();
        nobody.post("/hooks/functions", "{'functionName':'f','url':'http://a'}").needsTheMasterKey();
        Exchange reader = core.as(Auth.READ_ONLY_MASTER);
        reader.get("/hooks/functions").answers(200, "[]");
        reader.post("/hooks/functions", "{'functionName':'f','url':'http://a'}")
                .fails(119, "read-only masterKey isn't allowed to create a hook.");
        reader.put("/hooks/functions/f", "{'__op':'Delete'}")
                .fails(119, "read-only masterKey isn't allowed to modify a hook.");
    }
}
