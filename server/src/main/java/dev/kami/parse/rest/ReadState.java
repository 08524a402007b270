package dev.kami.parse.rest;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.auth.Caller;
import dev.kami.parse.database.ClassRules;
import dev.kami.parse.query.Query;
import dev.kami.parse.rest.ClassAccess.Method;
import dev.kami.parse.schema.Operation;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One read on its way through the stages. Belongs to the thread that runs them. */
final class ReadState {
    final Caller caller;
    final Method method;
    /** Class level permission to ask for, or {@code null}: get for a query by objectId alone, find for others. */
    final Operation operation;
    /** Results at most, -1 for all. */
    final int limit;

    Query query;
    /** {@code null} when the class does not exist; it reads as empty. */
    ClassRules rules;

    boolean redirected;
    /** Dotted keys wanted, {@code null} for all. */
    Set<String> keys;
    /** Fields wanted, {@code null} for all. */
    Set<String> fields;

    IncludeTree include;
    List<ParseObject> results = new ArrayList<>();
    Long count;
    ParseValue explained;

    ReadState(Caller caller, Method method, Operation operation, Query query, int limit) {
        this.caller = caller;
        this.method = method;
        this.operation = operation;
        this.query = query;
        this.limit = limit;
        this.keys = query.keys();
    }

    Auth auth() {
        return caller.auth();
    }
}
