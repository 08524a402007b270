/**
 * Who asks, and how third-party log-in is checked.
 *
 * <p>{@link dev.kami.parse.auth.Auth} says who asks, {@link dev.kami.parse.auth.RequestInfo} what came with the request.
 * For third-party log-in start with {@link dev.kami.parse.auth.AuthAdapters}, the providers of one server: it turns the
 * {@code authData} a client sends into a {@link dev.kami.parse.auth.Claim}, and a claim is the only thing that can be
 * validated. {@link dev.kami.parse.auth.AuthAdapter} is what a provider implements; the built-in ones are in
 * {@code auth.provider}. Depends on the words ({@code value}, {@code error}, {@code options}, {@code log}) only.
 */
package dev.kami.parse.auth;
