package dev.kami.parse.query;

/** Which member of a database cluster should answer. Stores without members take and ignore it. */
public enum ReadPreference {
    PRIMARY,
    PRIMARY_PREFERRED,
    SECONDARY,
    SECONDARY_PREFERRED,
    NEAREST
}
