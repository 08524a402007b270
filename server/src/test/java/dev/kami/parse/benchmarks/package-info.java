/** JMH benchmarks of the hot paths. Not run by the tests: see {@code server/benchmarks/README.md}. */
package dev.kami.parse.benchmarks;
