package dev.kami.parse.database;

import java.util.List;

/**
 * Members that a write adds to or takes from a relation.
 *
 * @param members objectIds
 */
public record RelationChange(String field, boolean add, List<String> members) {
    public RelationChange {
        members = List.copyOf(members);
    }
}
