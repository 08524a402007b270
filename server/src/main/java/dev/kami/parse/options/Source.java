package dev.kami.parse.options;

/** Where the value of an option came from, the strongest first. */
enum Source {
    COMMAND_LINE,
    ENVIRONMENT,
    FILE,
    /** Given by a program that uses the server as a library. */
    CODE,
    DEFAULT
}
