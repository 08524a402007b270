/**
 * What a write does to a field: {@link dev.kami.parse.op.FieldOp}, parsed from {@code __op} objects and applied in memory.
 * Storage adapters compile the simple ones and apply the others with the same code.
 */
package dev.kami.parse.op;
