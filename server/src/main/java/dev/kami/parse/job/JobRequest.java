package dev.kami.parse.job;

import dev.kami.parse.auth.Caller;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.function.Consumer;

/**
 * One run of a job.
 *
 * @param jobId objectId of its {@code _JobStatus}
 * @param params body and query string
 * @param message writes a message to the status at once
 */
public record JobRequest(String jobName, String jobId, Obj params, Caller caller, Consumer<String> message) {}
