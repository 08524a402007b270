package dev.kami.parse.rest;

import java.util.function.Consumer;

/**
 * A stage of a read or write under its name. Stages keep no state; what they work on is {@code S}.
 *
 * @param work changes the state, or throws the answer
 */
record Step<S>(String name, Consumer<S> work) {}
