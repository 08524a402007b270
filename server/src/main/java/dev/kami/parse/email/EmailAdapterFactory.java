package dev.kami.parse.email;

import dev.kami.parse.log.Log;
import dev.kami.parse.options.OptionsException;
import java.util.Map;

/**
 * Makes the adapter of one name. Implementations are found with {@link java.util.ServiceLoader}, so a jar on the class
 * path is enough to add one.
 */
public interface EmailAdapterFactory {
    /** The name in {@code emailAdapter}: {@code "name"} or {@code {"module": "name", "options": {...}}}. */
    String name();

    /**
     * @param options plain values: Map, List, String, Boolean, Long, Double
     * @throws OptionsException when the options do not make an adapter; the text names the option and holds no secret
     */
    EmailAdapter open(Map<String, Object> options, Log log);
}
