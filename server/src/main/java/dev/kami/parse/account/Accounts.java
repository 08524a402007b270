package dev.kami.parse.account;

import dev.kami.parse.auth.AuthAdapters;
import dev.kami.parse.cache.CacheAdapter;
import dev.kami.parse.database.Rows;
import dev.kami.parse.email.UserMails;
import dev.kami.parse.log.Log;
import dev.kami.parse.options.AccountLockout;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.PasswordPolicy;
import dev.kami.parse.session.Roles;
import dev.kami.parse.session.SessionSettings;
import dev.kami.parse.session.Sessions;
import dev.kami.parse.value.ObjectIds;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * The parts of one server that know accounts, made together.
 *
 * @param rows users, roles and sessions as stored
 * @param linked what users have at log-in providers
 */
public record Accounts(
        Rows rows,
        Roles roles,
        Sessions sessions,
        Passwords passwords,
        PasswordRules passwordRules,
        Lockout lockout,
        LinkedAccounts linked,
        UserMails mails,
        EmailVerification verification,
        UserSettings settings)
        implements AutoCloseable {

    /** @throws dev.kami.parse.options.OptionsException when an option about users cannot be used */
    public static Accounts open(
            Options options,
            Rows rows,
            CacheAdapter cache,
            InstantSource clock,
            ObjectIds ids,
            SecureRandom random,
            Log log) {
        SessionSettings sessionSettings = SessionSettings.from(options);
        var roles = new Roles(rows, cache, sessionSettings);
        var sessions = new Sessions(rows, roles, cache, sessionSettings, clock, ids, random, log);
        var passwords = new Passwords(random);
        var passwordRules = new PasswordRules(PasswordPolicy.of(options), passwords);
        var lockout = new Lockout(AccountLockout.of(options), rows, clock);
        var mails = UserMails.of(options, log);
        return new Accounts(
                rows,
                roles,
                sessions,
                passwords,
                passwordRules,
                lockout,
                new LinkedAccounts(AuthAdapters.open(options, clock, log), rows),
                mails,
                new EmailVerification(options, mails, clock, ids),
                UserSettings.from(options));
    }

    /** After all objects of a class were removed at once. */
    public void emptied(String className) {
        switch (className) {
            case "_Role" -> roles.forget();
            case "_User", "_Session" -> sessions.forgetEverybody();
            default -> {}
        }
    }

    /** Ends the threads that hash passwords, waits a little for mails under way, and leaves the log-in providers. */
    @Override
    public void close() {
        passwords.close();
        mails.close();
        linked.adapters().close();
    }
}
