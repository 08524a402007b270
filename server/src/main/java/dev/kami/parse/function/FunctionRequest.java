package dev.kami.parse.function;

import dev.kami.parse.auth.Caller;
import dev.kami.parse.value.ParseValue.Obj;

/**
 * One call of a function.
 *
 * @param params body and query string
 * @param caller who calls, with headers, address and context
 */
public record FunctionRequest(String functionName, Obj params, Caller caller) {}
