package dev.kami.parse.job;

/** Work that runs behind the answer of {@code POST /jobs/<name>}, on a virtual thread of its own. */
@FunctionalInterface
public interface Job {
    /**
     * @return the last message of the status, {@code null} to keep the one that was set while running
     * @throws Exception ends the run as failed, with its message
     */
    String run(JobRequest request) throws Exception;
}
