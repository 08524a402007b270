package dev.kami.parse.function;

import dev.kami.parse.value.ParseValue;

/** Runs for {@code POST /functions/<name>}. Called from many threads at once. */
@FunctionalInterface
public interface CloudFunction {
    /**
     * @return what the client gets as {@code result}, {@code null} for nothing
     * @throws Exception a {@link dev.kami.parse.error.ParseException} reaches the client as it is, everything else as
     *     141 with its message
     */
    ParseValue run(FunctionRequest request) throws Exception;
}
