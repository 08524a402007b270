package dev.kami.parse.security;

import java.util.function.BooleanSupplier;

/**
 * One setting that can be weak.
 *
 * @param title what should hold, known to dashboards
 * @param warning what may happen otherwise
 * @param solution what to change
 * @param secure whether it holds now; throwing counts as no
 */
public record SecurityCheck(String title, String warning, String solution, BooleanSupplier secure) {
    boolean holds() {
        try {
            return secure.getAsBoolean();
        } catch (RuntimeException broken) {
            return false; // a check that cannot look must not say that all is well
        }
    }
}
