package dev.kami.parse.api;

import java.util.concurrent.Callable;

/** Runs work so that all its writes happen, or none. */
@FunctionalInterface
public interface Transactions {
    <T> T run(Callable<T> work) throws Exception;
}
