package dev.kami.parse.auth;

/**
 * Makes one kind of {@link AuthAdapter}. A jar adds a provider by naming an implementation in
 * {@code META-INF/services/dev.kami.parse.auth.AuthAdapterFactory}; option {@code auth} then refers to it by its name:
 * {@code {"myLogin": {"module": "my-login", "options": {...}}}}.
 */
public interface AuthAdapterFactory {
    /** The name by which option {@code auth} refers to this kind. */
    String name();

    /**
     * Called once per configured provider, at start. Must not ask the network.
     *
     * @throws dev.kami.parse.options.OptionsException when the options do not make an adapter; the start fails with it
     */
    AuthAdapter open(ProviderSettings settings);
}
