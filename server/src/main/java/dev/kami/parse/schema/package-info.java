/**
 * What a class looks like: {@link dev.kami.parse.schema.ClassSchema}, its fields, permissions and indexes, the changes it
 * can undergo, the system classes, and the rules for names and types.
 */
package dev.kami.parse.schema;
