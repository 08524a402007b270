package dev.kami.parse.options;

/** Whether setting an option changes anything. */
enum Availability {
    /** The option does what its help says. */
    NOW,
    /** Read and checked, but the feature it belongs to is not there yet; one warning says so. */
    LATER,
    /** Tied to Node.js, or removed by the npm server: accepted so that a configuration keeps working. */
    NEVER
}
