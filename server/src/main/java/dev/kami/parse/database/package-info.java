/**
 * Who may see or change what: class level permissions, ACL, pointer permissions, protected fields, relations, and the
 * classes themselves ({@link dev.kami.parse.database.SchemaCatalog}) with their growth.
 *
 * <p>{@link dev.kami.parse.database.Database} turns every question into one with permissions inside and hands it to the
 * storage adapter. It knows nothing of the order of work around an operation; that is {@code rest}.
 */
package dev.kami.parse.database;
