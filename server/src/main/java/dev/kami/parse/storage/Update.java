package dev.kami.parse.storage;

import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.schema.ClassSchema;
import java.util.SequencedMap;

/**
 * @param ops field name or dotted path to operation; {@code updatedAt} is set by the caller like any other; {@code ACL}
 *     is an Obj; relation operations have been taken out
 */
public record Update(ClassSchema schema, Constraint where, SequencedMap<String, FieldOp> ops) {}
