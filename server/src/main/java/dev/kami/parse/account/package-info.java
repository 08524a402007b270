/**
 * What an account rests on: passwords ({@link dev.kami.parse.account.Passwords}) and the rules for them, the lock after
 * failed log-ins, whether an e-mail address must be confirmed. {@link dev.kami.parse.account.Accounts} holds the parts of
 * one server; the stages of {@code rest} and the features use them. What can be done to an account by its owner without
 * a session is {@link dev.kami.parse.account.AccountActions}, which the pages behind the links in mails call.
 */
package dev.kami.parse.account;
