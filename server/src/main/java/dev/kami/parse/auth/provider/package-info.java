/**
 * The built-in log-in providers, one class each; {@link dev.kami.parse.auth.provider.BuiltInProviders} knows their names.
 *
 * <p>Three families: {@code CodeFlow} (the client sends a code, the server exchanges it), {@code JwtVerifier} users (the
 * client sends a signed token), and adapters that ask the provider about a token of the client. All of them reach the
 * network only through {@link dev.kami.parse.auth.provider.ProviderHttp}. Addresses of providers are constants or come
 * from the options, never from a client. Error texts are those of parse-server 9.10, whose clients compare them.
 */
package dev.kami.parse.auth.provider;
