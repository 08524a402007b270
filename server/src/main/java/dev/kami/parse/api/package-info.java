/**
 * The routes of the REST API without HTTP: a table of method and path pattern to handler, one {@code ...Routes} class per
 * feature, keys to {@link dev.kami.parse.auth.Auth}, and batch. HTTP, batch, tests and the console all call it.
 */
package dev.kami.parse.api;
