/** The server seen by the published JavaScript SDK: runs the Node project of {@code src/test/js}. */
package dev.kami.parse.js;
