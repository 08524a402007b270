/**
 * What can go wrong in a request, as the client sees it: {@link dev.kami.parse.error.ErrorCode} (number and HTTP
 * status) and {@link dev.kami.parse.error.ParseException} (code and sentence). Depends on nothing.
 */
package dev.kami.parse.error;
