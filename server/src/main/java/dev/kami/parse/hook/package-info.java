/**
 * Webhooks: functions and triggers that live on another server. {@link dev.kami.parse.hook.Hooks} keeps their
 * declarations in {@code _Hooks}; calling them comes with Cloud Code.
 */
package dev.kami.parse.hook;
