/**
 * Every option of the server: its definition, where its value comes from, what it must look like.
 *
 * <p>Start with {@link dev.kami.parse.options.Options} (the values of one server) and {@link
 * dev.kami.parse.options.Catalogue} (the list of all definitions). The definitions stand by topic in
 * {@code CoreOptions}, {@code KeyOptions}, {@code DatabaseOptions} and so on; command line,
 * environment, configuration file, {@code --help} and {@code docs/options.md} are made from them.
 * Features take the small records ({@code RateLimit}, {@code PasswordPolicy} ...), never the whole
 * map. Depends on: {@code value} (JSON), {@code error}.
 */
package dev.kami.parse.options;
