package dev.kami.parse.rest;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.database.ClassRules;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.schema.FieldType;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Obj;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** One create or update on its way through the stages. Belongs to the thread that runs them. */
final class WriteState {
    final Caller caller;
    final String className;
    /** Whether the object is new. The same device as before makes an update of the create of an installation. */
    boolean creating;
    /** What the client sent, without what a stage has dealt with. */
    Obj body;
    /** The moment of this write, in milliseconds since 1970 UTC. */
    final long now;

    /** Of the object to change; of a new object after DefaultValues. */
    String objectId;
    /** {@code null} when the class does not exist yet. */
    ClassRules rules;
    /** Field or dotted path to operation, without {@code ACL}, {@code objectId} and the two dates. */
    final SequencedMap<String, FieldOp> ops = new LinkedHashMap<>();
    /** Fields that the class does not have yet. */
    final Map<String, FieldType> newFields = new LinkedHashMap<>();
    /** {@code null} when the write says nothing about it. */
    Obj acl;

    long createdAt;
    long updatedAt;
    /** Further conditions on the object to change. */
    Constraint where = Constraint.ALWAYS;
    /** Fields that got a value the client did not send. */
    final Set<String> changed = new LinkedHashSet<>();
    /** The object after the write, as stored. */
    ParseObject stored;

    /** Providers whose data a user was written with, joined by comma, {@code null} for none. */
    String authProviders;
    /** What providers answer to the client, {@code null} when none was asked. */
    Obj authDataResponse;
    /** A user has a new address, which gets a mail. */
    boolean sendsVerification;
    /** A user has a new password. */
    boolean newPassword;
    /** A new user must confirm the e-mail address before there is a session. */
    boolean unconfirmed;
    /** Of the session that this write began for the caller, {@code null} for none. */
    String sessionToken;

    WriteResult result;

    WriteState(Caller caller, String className, String objectId, Obj body, long now) {
        this.caller = caller;
        this.className = className;
        this.creating = objectId == null;
        this.objectId = objectId;
        this.body = body;
        this.now = now;
        this.createdAt = now;
        this.updatedAt = now;
    }

    Auth auth() {
        return caller.auth();
    }
}
