/**
 * Cloud functions: {@link dev.kami.parse.function.Functions} knows them by name and calls them. A program that embeds the
 * server defines them in Java; Cloud Code adds the ones of {@code main.js}.
 */
package dev.kami.parse.function;
