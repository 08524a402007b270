package dev.kami.parse.account;

import dev.kami.parse.database.Rows;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.options.AccountLockout;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.Compare;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.Nor;
import dev.kami.parse.query.Constraint.Order;
import dev.kami.parse.value.JsNumber;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Date;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Str;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The option {@code accountLockout}: too many failed log-ins close an account for a while. Attempts are counted by the
 * database in one step, so that many at the same moment are not counted as one.
 */
public final class Lockout {
    private static final String USER = "_User";
    private static final String COUNT = "_failed_login_count";
    private static final String END = "_account_lockout_expires_at";

    private final Optional<AccountLockout> option;
    private final Rows rows;
    private final InstantSource clock;

    public Lockout(Optional<AccountLockout> option, Rows rows, InstantSource clock) {
        this.option = option;
        this.rows = rows;
        this.clock = clock;
    }

    /**
     * After a password was compared.
     *
     * @throws ParseException 101 while the account is closed, even for the right password
     */
    public void attempted(String userId, boolean rightPassword) {
        if (option.isEmpty()) {
            return;
        }
        if (rightPassword) {
            // One statement: whoever is locked by a parallel attempt right now stays out.
            if (rows.update(USER, Constraint.and(byId(userId), new Nor(List.of(locked()))), set(COUNT, new Num(0)))
                    .isEmpty()) {
                throw refused();
            }
        } else {
            failed(userId);
        }
    }

    private Constraint locked() {
        return Constraint.and(
                new Compare(END, Order.GREATER, new Date(clock.millis())),
                new Compare(
                        COUNT,
                        Order.GREATER_OR_EQUAL,
                        new Num(option.orElseThrow().threshold())));
    }

    private void failed(String userId) {
        AccountLockout limits = option.orElseThrow();
        var increment = new LinkedHashMap<String, FieldOp>();
        increment.put(COUNT, new FieldOp.Increment(1));
        Optional<ParseObject> counted =
                rows.update(USER, Constraint.and(byId(userId), new Nor(List.of(locked()))), increment);
        if (counted.isEmpty()) {
            throw refused();
        }
        int count = counted.get().get(COUNT) instanceof Num(double number) ? (int) number : 0;
        if (count >= limits.threshold()) {
            var end = new Date(clock.millis() + limits.duration().toMillis());
            rows.update(USER, byId(userId), set(END, end));
            if (count > limits.threshold()) {
                throw refused();
            }
        }
    }

    /** Opens the account again, when the option says that a new password does. */
    public void passwordWasReset(String userId) {
        if (option.isPresent() && option.get().unlockOnPasswordReset()) {
            var ops = new LinkedHashMap<String, FieldOp>();
            ops.put(COUNT, new FieldOp.Delete());
            ops.put(END, new FieldOp.Delete());
            rows.update(USER, byId(userId), ops);
        }
    }

    private ParseException refused() {
        double minutes = option.orElseThrow().duration().toMillis() / 60_000.0;
        return new ParseException(
                ErrorCode.OBJECT_NOT_FOUND,
                "Your account is locked due to multiple failed login attempts. Please try again after "
                        + JsNumber.format(minutes) + " minute(s)");
    }

    private static Constraint byId(String userId) {
        return new EqualTo("objectId", new Str(userId));
    }

    private static SequencedMap<String, FieldOp> set(String field, dev.kami.parse.value.ParseValue value) {
        var ops = new LinkedHashMap<String, FieldOp>();
        ops.put(field, new FieldOp.Set(value));
        return ops;
    }
}
