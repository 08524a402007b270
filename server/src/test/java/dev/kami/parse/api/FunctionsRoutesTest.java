package dev.kami.parse.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kami.parse.Exchange;
import dev.kami.parse.Exchange.Answer;
import dev.kami.parse.TestCore;
import dev.kami.parse.auth.Auth;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Str;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FunctionsRoutesTest {
    private TestCore core;
    private Exchange master;
    private Exchange nobody;

    @BeforeEach
    void start() {
        core = TestCore.start();
        master = core.as(Auth.MASTER);
        nobody = core.as(Auth.NOBODY);
    }

    @AfterEach
    void stop() {
        core.close();
    }

    @Test
    void everybodyCallsFunctions() {
        core.features().functions().define("echo", request -> request.params());
        core.features().functions().define("nothing", _ -> null);
        nobody.post("/functions/echo?b=2", "{'a':1}").answers(200, "{'result':{'a':1,'b':2}}");
        nobody.post("/functions/nothing", "{}").answers(200, "{}");
    }

    @Test
    void anUnknownFunctionIsInvalid() {
        nobody.post("/functions/hello", "{}").fails(141, "Invalid function: \"hello\"");
        master.post("/functions/constructor", "{}").fails(141, "Invalid function: \"constructor\"");
    }

    @Test
    void anUnknownJobIsInvalid() {
        master.post("/jobs/hello", "{}").fails(141, "Invalid job.");
        master.post("/jobs", "{'jobName':'hello'}").fails(141, "Invalid job.");
        master.post("/jobs", "{}").fails(141, "Invalid job.");
    }

    @Test
    void jobsAreForTheWritingMaster() {
        nobody.post("/jobs/hello", "{}").needsTheMasterKey();
        core.as(Auth.READ_ONLY_MASTER)
                .post("/jobs/hello", "{}")
                .fails(119, "read-only masterKey isn't allowed to run a job.");
    }

    private ParseValue status(String id, String field) {
        return master.get("/classes/_JobStatus/" + id).json().get(field);
    }

    @Test
    void aJobRunsBehindItsAnswerAndItsStatusTellsHow() {
        var goOn = new CountDownLatch(1);
        core.features().jobs().define("clean", request -> {
            request.message().accept("half way");
            goOn.await();
            return "removed " + request.params().toJson();
        });
        Answer started = master.post("/jobs/clean", "{'a':1}").answers(200, "{}");
        String id = started.headers().get("X-Parse-Job-Status-Id");
        await().until(() -> new Str("half way").equals(status(id, "message")));
        assertThat(status(id, "status")).isEqualTo(new Str("running"));
        assertThat(status(id, "finishedAt")).isNull();
        goOn.countDown();
        await().until(() -> new Str("succeeded").equals(status(id, "status")));
        assertThat(status(id, "message")).isEqualTo(new Str("removed {\"a\":1}"));
        assertThat(status(id, "jobName")).isEqualTo(new Str("clean"));
        assertThat(status(id, "finishedAt")).isNotNull();
    }

    @Test
    void aJobThatThrowsHasFailed() {
        core.features().jobs().define("break", _ -> {
            throw new IllegalStateException("no disk");
        });
        String id = master.post("/jobs", "{'jobName':'break'}").headers().get("X-Parse-Job-Status-Id");
        await().until(() -> new Str("failed").equals(status(id, "status")));
        assertThat(status(id, "message")).isEqualTo(new Str("no disk"));
    }

    @Test
    void theStatusOfAJobIsForTheMaster() {
        core.features().jobs().define("clean", _ -> "done");
        String id = master.post("/jobs/clean", "{}").headers().get("X-Parse-Job-Status-Id");
        assertThat(nobody.get("/classes/_JobStatus/" + id).status()).isEqualTo(400);
    }

    @Test
    void closingEndsRunningJobs() {
        core.features().jobs().define("wait", _ -> {
            new CountDownLatch(1).await();
            return "never";
        });
        String id = master.post("/jobs/wait", "{}").headers().get("X-Parse-Job-Status-Id");
        core.features().jobs().close();
        assertThat(status(id, "status")).isEqualTo(new Str("failed"));
        assertThat(status(id, "message")).isEqualTo(new Str("The server was stopped."));
    }

    @Test
    void schedulesAreKept() {
        core.features().jobs().define("clean", _ -> "done");
        master.get("/cloud_code/jobs").answers(200, "[]");
        String id = master.post("/cloud_code/jobs", "{'job_schedule':{'jobName':'clean','startAfter':'now'}}")
                .answers(201, "{'objectId':'@id','createdAt':'@date'}")
                .objectId();
        master.get("/cloud_code/jobs")
                .answers(
                        200,
                        "[{'objectId':'" + id
                                + "','createdAt':'@date','updatedAt':'@date','jobName':'clean','startAfter':'now'}]");
        master.get("/cloud_code/jobs/data").answers(200, "{'in_use':['clean'],'jobs':['clean']}");
        master.put("/cloud_code/jobs/" + id, "{'job_schedule':{'description':'weekly'}}")
                .answers(200, "{'response':{'updatedAt':'@date'}}");
        master.delete("/cloud_code/jobs/" + id).answers(200, "{}");
        master.delete("/cloud_code/jobs/" + id).fails(101, "Object not found.");
    }

    @Test
    void aScheduleStartsNowUnlessItSaysWhen() {
        String id = master.post("/cloud_code/jobs", "{'job_schedule':{'description':'x'}}")
                .objectId();
        master.get("/classes/_JobSchedule/" + id)
                .answers(
                        200,
                        "{'objectId':'@id','createdAt':'@date','updatedAt':'@date','description':'x',"
                                + "'startAfter':'@date'}");
    }

    @Test
    void onlyKnownJobsAreScheduled() {
        master.post("/cloud_code/jobs", "{'job_schedule':{'jobName':'hello'}}")
                .fails(1, "Cannot Schedule a job that is not deployed");
        master.post("/cloud_code/jobs", "{}").fails(107, "job_schedule must be an object");
        nobody.get("/cloud_code/jobs").needsTheMasterKey();
        nobody.get("/cloud_code/jobs/data").needsTheMasterKey();
        core.as(Auth.READ_ONLY_MASTER)
                .post("/cloud_code/jobs", "{'job_schedule':{'description':'x'}}")
                .fails(119, "read-only masterKey isn't allowed to perform the create operation.");
    }
}
