package dev.kami.parse.log;

/**
 * A fact that is JSON already and is written into the line as it is. It must be valid JSON in one
 * line, or the line cannot be read back.
 */
record JsonText(String json) {
    @Override
    public String toString() {
        return json;
    }
}
