/**
 * Accounts of users: what can be done to one by its owner. {@link dev.kami.parse.account.AccountActions} is what the pages
 * behind the links in mails call.
 */
package dev.kami.parse.account;
