/**
 * How objects are stored: the {@link dev.kami.parse.storage.StorageAdapter} port with its request records. The adapters
 * live in the rooms inside, {@code storage.sql} for H2 (and PostgreSQL).
 */
package dev.kami.parse.storage;
