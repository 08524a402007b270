package dev.kami.parse.job;

import dev.kami.parse.auth.Caller;
import dev.kami.parse.database.SchemaCatalog;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.storage.Update;
import dev.kami.parse.value.ObjectIds;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The background jobs of one server by name, and their runs. Safe for many threads. */
public final class Jobs implements AutoCloseable {
    private final StorageAdapter storage;
    private final SchemaCatalog schemas;
    private final ObjectIds ids;
    private final int idSize;
    private final InstantSource clock;
    private final Log log;
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    /** @param idSize length of an objectId, option {@code objectIdSize} */
    public Jobs(
            StorageAdapter storage, SchemaCatalog schemas, ObjectIds ids, int idSize, InstantSource clock, Log log) {
        this.storage = storage;
        this.schemas = schemas;
        this.ids = ids;
        this.idSize = idSize;
        this.clock = clock;
        this.log = log;
    }

    /** Defines a job, or replaces the one of that name. */
    public void define(String name, Job job) {
        jobs.put(name, job);
    }

    public void remove(String name) {
        jobs.remove(name);
    }

    public boolean isDefined(String name) {
        return jobs.containsKey(name);
    }

    /** In alphabetic order. */
    public Set<String> names() {
        return new TreeSet<>(jobs.keySet());
    }

    /**
     * Starts a run and returns while it goes on.
     *
     * @param name {@code null} is no job
     * @return objectId of the {@code _JobStatus} that says how it goes
     * @throws ParseException 141 {@code Invalid job.}
     */
    public String start(Caller caller, String name, Obj params) {
        Job job = name == null ? null : jobs.get(name);
        if (job == null) {
            throw new ParseException(ErrorCode.SCRIPT_FAILED, "Invalid job.");
        }
        String id = ids.next(idSize);
        storage.insert(
                schemas.ensureClass("_JobStatus"),
                ParseObject.of(
                        "_JobStatus",
                        Obj.of(
                                "objectId", new Str(id),
                                "createdAt", now(),
                                "jobName", new Str(name),
                                "source", new Str("api"),
                                "status", new Str("running"),
                                "ACL", Obj.EMPTY)));
        var request = new JobRequest(name, id, params, caller, message -> write(id, "message", new Str(message)));
        Thread thread = Thread.ofVirtual().name("job-" + name + "-" + id).unstarted(() -> run(job, request));
        running.add(thread);
        thread.start();
        return id;
    }

    private void run(Job job, JobRequest request) {
        try {
            String message = job.run(request);
            finish(request.jobId(), "succeeded", message);
        } catch (InterruptedException stopped) {
            finish(request.jobId(), "failed", "The server was stopped.");
        } catch (Exception failure) {
            log.error("Job " + request.jobName() + " failed", failure);
            finish(request.jobId(), "failed", failure.getMessage());
        } finally {
            running.remove(Thread.currentThread());
        }
    }

    private void finish(String id, String status, String message) {
        var ops = new LinkedHashMap<String, FieldOp>();
        ops.put("status", new FieldOp.Set(new Str(status)));
        ops.put("finishedAt", new FieldOp.Set(now()));
        if (message != null) {
            ops.put("message", new FieldOp.Set(new Str(message)));
        }
        write(id, ops);
    }

    private void write(String id, String field, ParseValue value) {
        var ops = new LinkedHashMap<String, FieldOp>();
        ops.put(field, new FieldOp.Set(value));
        write(id, ops);
    }

    private void write(String id, LinkedHashMap<String, FieldOp> ops) {
        storage.updateOne(new Update(schemas.find("_JobStatus"), new EqualTo("objectId", new Str(id)), ops));
    }

    private Date now() {
        return new Date(clock.millis());
    }

    /** Interrupts what is running and waits until it has written its status. */
    @Override
    public void close() {
        running.forEach(Thread::interrupt);
        for (Thread thread : running) {
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
