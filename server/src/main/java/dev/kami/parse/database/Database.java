package dev.kami.parse.database;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.Permitted;
import dev.kami.parse.query.Constraint.RelatedTo;
import dev.kami.parse.query.ReadHints;
import dev.kami.parse.query.SortKey;
import dev.kami.parse.schema.ClassSchema;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.schema.Names;
import dev.kami.parse.schema.Operation;
import dev.kami.parse.storage.Find;
import dev.kami.parse.storage.ObjectSink;
import dev.kami.parse.storage.StorageAdapter;
import dev.kami.parse.storage.Update;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Objects behind their permissions. Every read and write says who asks; what the caller may not see or change becomes a
 * part of the question to the store, so an object that is not permitted is an object that is not there. Safe for many
 * threads.
 *
 * <p>The order of checks is that of the genuine server: class level permission, relations, pointer permission, ACL.
 */
public final class Database {
    private static final int ATTEMPTS = 10;
    /** Bound inside of {@link #inTransaction}. */
    private static final ScopedValue<Boolean> TRANSACTION = ScopedValue.newInstance();

    private final StorageAdapter storage;
    private final SchemaCatalog schemas;
    private final PermissionRules options;

    public Database(StorageAdapter storage, SchemaCatalog schemas, PermissionRules options) {
        this.storage = storage;
        this.schemas = schemas;
        this.options = options;
    }

    public PermissionRules options() {
        return options;
    }

    /** The objects that the caller may see, one at a time, without the fields that are hidden from him. */
    public void find(Auth auth, Read read, ObjectSink sink) {
        Set<String> unasked = unasked(auth, read);
        Optional<Find> find = permitted(auth, read, unasked);
        if (find.isPresent()) {
            storage.find(find.get(), ResultFilter.before(sink, auth, read.rules(), unasked, options.ownerExempt()));
        } else if (read.operation() == Operation.GET) {
            throw ParseException.objectNotFound();
        }
    }

    public long count(Auth auth, Read read) {
        return permitted(auth, read, Set.of()).map(storage::count).orElse(0L);
    }

    public List<ParseValue> distinct(Auth auth, Read read, String path) {
        return permitted(auth, read, Set.of())
                .map(find -> storage.distinct(find, path))
                .orElse(List.of());
    }

    public ParseValue explain(Auth auth, Read read) {
        return permitted(auth, read, Set.of()).map(storage::explain).orElseGet(() -> new ParseValue.Array(List.of()));
    }

    /** Fields that decide what is hidden and were not asked for. */
    private static Set<String> unasked(Auth auth, Read read) {
        if (read.fields() == null
                || auth.userId() == null
                || !read.rules().protectedFields().dependsOnObject()) {
            return Set.of();
        }
        var more = new LinkedHashSet<>(read.rules().protectedFields().neededFields());
        more.removeAll(read.fields());
        return more;
    }

    /** The question to the store with all permissions inside; empty when nothing can be found. */
    private Optional<Find> permitted(Auth auth, Read read, Set<String> unasked) {
        ClassRules rules = read.rules();
        Principals principals = auth.seesEverything() ? null : Principals.of(auth);
        if (principals != null) {
            Access.check(rules, read.operation(), principals, false);
        }
        Constraint where = withRelations(auth, read.where(), rules);
        if (principals != null) {
            where = Constraint.and(
                    where,
                    Access.pointerPermission(rules, read.operation(), principals),
                    new Permitted(false, principals.names()));
        }
        if (Access.isNever(where)) {
            return Optional.empty();
        }
        Set<String> fields = read.fields();
        if (!unasked.isEmpty()) {
            fields = new LinkedHashSet<>(fields);
            fields.addAll(unasked);
        }
        return Optional.of(new Find(
                rules.schema(),
                where,
                knownOnly(read.order(), rules.schema()),
                read.skip(),
                read.limit(),
                fields,
                false,
                read.hints()));
    }

    /** Sorting by a field that the class does not have is no error and has no effect. */
    private static List<SortKey> knownOnly(List<SortKey> order, ClassSchema schema) {
        for (SortKey key : order) {
            if (!isKnown(key, schema)) {
                return order.stream().filter(other -> isKnown(other, schema)).toList();
            }
        }
        return order;
    }

    private static boolean isKnown(SortKey key, ClassSchema schema) {
        return key.path().equals(SortKey.SCORE) || schema.field(Names.root(key.path())) != null;
    }

    private Constraint withRelations(Auth auth, Constraint where, ClassRules rules) {
        return RelationConstraints.isNeeded(where, rules)
                ? RelationConstraints.resolve(where, rules, related -> membersOf(auth, related))
                : where;
    }

    /**
     * A relation may only be looked into by those who can read the object that owns it, or membership could be found out
     * by asking for members one by one.
     */
    private Constraint membersOf(Auth auth, RelatedTo related) {
        ClassRules owner = schemas.rules(related.object().className());
        if (owner != null && !auth.seesEverything()) {
            Set<String> hidden = owner.hiddenFrom(auth);
            if (hidden.contains(related.key()) || hidden.contains(Names.root(related.key()))) {
                throw ParseException.denied(
                        ErrorCode.OPERATION_FORBIDDEN,
                        "This user is not allowed to query " + related.key() + " on class " + owner.className());
            }
            if (!canRead(auth, owner, related.object().objectId())) {
                return Constraint.NEVER;
            }
        }
        return RelationConstraints.membersOf(related, owner);
    }

    private boolean canRead(Auth auth, ClassRules rules, String objectId) {
        var found = new ArrayList<ParseObject>(1);
        try {
            var where = new EqualTo("objectId", new Str(objectId));
            var read = new Read(rules, where, List.of(), 0, 1, Set.of("objectId"), Operation.GET, ReadHints.NONE);
            find(auth, read, found::add);
        } catch (ParseException refused) {
            if (refused.code() == ErrorCode.OPERATION_FORBIDDEN || refused.code() == ErrorCode.OBJECT_NOT_FOUND) {
                return false; // not permitted is not readable; the caller learns no more than that
            }
            throw refused;
        }
        return !found.isEmpty();
    }

    /**
     * Refuses an operation that the class level permissions close to the caller.
     *
     * @param rules {@code null} for a class that does not exist yet, which nobody has closed
     * @param updating whether the write is an update, which matters when it adds a field
     */
    public void check(Auth auth, ClassRules rules, Operation operation, boolean updating) {
        if (rules != null && !auth.seesEverything()) {
            Access.check(rules, operation, Principals.of(auth), updating);
        }
    }

    /**
     * Stores a new object and the members of its relations, all or nothing. The class and the fields are created first
     * when they are missing.
     *
     * @param newFields fields that {@code object} brings and the class may not have yet
     */
    public void create(
            Auth auth, ParseObject object, Map<String, FieldType> newFields, List<RelationChange> relations) {
        check(auth, schemas.rules(object.className()), Operation.CREATE, false);
        ClassSchema schema = schemas.ensure(object.className(), newFields).schema();
        if (relations.isEmpty()) {
            storage.insert(schema, object);
        } else {
            together(() -> {
                storage.insert(schema, object);
                change(relations, object.className(), object.objectId());
                return object;
            });
        }
    }

    /**
     * Changes one object and the members of its relations, all or nothing.
     *
     * @param where further conditions, {@link Constraint#ALWAYS} for none
     * @param newFields fields that the operations bring and the class may not have yet
     * @return the object as it is stored afterwards, with all internal fields
     * @throws ParseException 101 when there is no such object that the caller may change
     */
    public ParseObject update(
            Auth auth,
            String className,
            String objectId,
            Constraint where,
            SequencedMap<String, FieldOp> ops,
            Map<String, FieldType> newFields,
            List<RelationChange> relations) {
        ClassRules before = schemas.rules(className);
        check(auth, before, Operation.UPDATE, true);
        if (before == null) {
            throw ParseException.objectNotFound();
        }
        ClassRules rules = newFields.isEmpty() ? before : schemas.ensure(className, newFields);
        Constraint target = Constraint.and(new EqualTo("objectId", new Str(objectId)), where);
        if (!auth.seesEverything()) {
            Principals principals = Principals.of(auth);
            target = Constraint.and(
                    target,
                    Access.pointerPermission(rules, Operation.UPDATE, principals),
                    newFields.isEmpty()
                            ? Constraint.ALWAYS
                            : Access.pointerPermission(rules, Operation.ADD_FIELD, principals),
                    new Permitted(true, principals.names()));
        }
        if (Access.isNever(target)) {
            throw ParseException.objectNotFound();
        }
        var update = new Update(rules.schema(), target, ops);
        if (relations.isEmpty()) {
            return storage.updateOne(update).orElseThrow(ParseException::objectNotFound);
        }
        return together(() -> {
            ParseObject after = storage.updateOne(update).orElseThrow(ParseException::objectNotFound);
            change(relations, className, objectId);
            return after;
        });
    }

    private void change(List<RelationChange> relations, String className, String objectId) {
        for (RelationChange relation : relations) {
            String joinClass = Names.joinClass(relation.field(), className);
            if (relation.members().isEmpty()) {
                continue;
            }
            if (relation.add()) {
                storage.link(joinClass, objectId, relation.members());
            } else {
                storage.unlink(joinClass, objectId, relation.members());
            }
        }
    }

    /** @throws ParseException 101 when there is no such object that the caller may delete */
    public void delete(Auth auth, String className, String objectId) {
        if (delete(auth, className, new EqualTo("objectId", new Str(objectId))) == 0) {
            throw ParseException.objectNotFound();
        }
    }

    /** Deletes all objects that fit and that the caller may delete, and says how many they were. */
    public long delete(Auth auth, String className, Constraint where) {
        ClassRules rules = schemas.rules(className);
        check(auth, rules, Operation.DELETE, false);
        if (rules == null) {
            return 0;
        }
        Constraint target = where;
        if (!auth.seesEverything()) {
            Principals principals = Principals.of(auth);
            target = Constraint.and(
                    where,
                    Access.pointerPermission(rules, Operation.DELETE, principals),
                    new Permitted(true, principals.names()));
        }
        return Access.isNever(target) ? 0 : storage.delete(rules.schema(), target);
    }

    /** Removes all objects of a class, whoever they belong to; an unknown class is empty already. */
    public void purge(String className) {
        ClassRules rules = schemas.rules(className);
        if (rules != null) {
            storage.delete(rules.schema(), Constraint.ALWAYS);
        }
    }

    /** Runs {@code work} so that all its writes happen, or none. */
    public <T> T inTransaction(Callable<T> work) throws Exception {
        return storage.inTransaction(() -> ScopedValue.where(TRANSACTION, true).call(work::call));
    }

    /** A small transaction around one write. It is tried again when it lost against another one, unless it is part of one. */
    private <T> T together(Callable<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return storage.inTransaction(work);
            } catch (ParseException e) {
                boolean lost = e.code() == ErrorCode.INVALID_LINKED_SESSION;
                if (!lost || attempt == ATTEMPTS || TRANSACTION.isBound()) {
                    throw e;
                }
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("only unchecked exceptions can come out of the work given", e);
            }
        }
    }
}
