package dev.kami.parse.options;

import java.util.function.Predicate;

/** A yes or no that code may also decide per request, as {@code verifyUserEmails} allows. */
public sealed interface Toggle {
    /** The same answer for everybody. */
    record Fixed(boolean on) implements Toggle {}

    /** Asked each time, with what the feature knows about the request. */
    record Decided(Predicate<Object> function) implements Toggle {}

    Toggle ON = new Fixed(true);
    Toggle OFF = new Fixed(false);

    @SuppressWarnings("unchecked") // a predicate given in code: it takes what the feature hands it
    static Toggle of(Object value) {
        return switch (value) {
            case Boolean on -> on ? ON : OFF;
            case Toggle toggle -> toggle;
            case Predicate<?> function -> new Decided((Predicate<Object>) function);
            case null, default -> null;
        };
    }

    /** Whether this may ever say yes; decides what must be configured beside it. */
    default boolean possible() {
        return this instanceof Decided || this.equals(ON);
    }
}
