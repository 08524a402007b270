/**
 * What happens when an object is read or written, and in which order. {@link dev.kami.parse.rest.Operations} is the one
 * entrance for every edge; {@code RestRead}, {@code RestWrite} and {@code RestDelete} are lists of named stages behind it.
 */
package dev.kami.parse.rest;
