/**
 * The data model every other package speaks: Parse values, Parse objects and their JSON form.
 *
 * <p>Start with {@link dev.kami.parse.value.ParseValue}. Everything that is handed out is immutable and knows nothing of
 * HTTP, databases or permissions. Depends on {@code error} and jackson-core only.
 */
package dev.kami.parse.value;
