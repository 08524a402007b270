/** What can happen around an operation: the names of the triggers and the classes they may be attached to. */
package dev.kami.parse.trigger;
