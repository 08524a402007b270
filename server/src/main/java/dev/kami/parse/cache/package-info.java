/**
 * What the server remembers for a moment instead of asking the database again: {@link dev.kami.parse.cache.CacheAdapter}
 * and the one in memory. A cache holds only what can be read again.
 */
package dev.kami.parse.cache;
