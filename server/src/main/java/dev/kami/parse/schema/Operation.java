package dev.kami.parse.schema;

/** What class level permissions tell apart. */
public enum Operation {
    FIND("find", false),
    GET("get", false),
    COUNT("count", false),
    CREATE("create", true),
    UPDATE("update", true),
    DELETE("delete", true),
    /** A write that adds a field to the class. */
    ADD_FIELD("addField", true);

    private final String apiName;
    private final boolean write;

    Operation(String apiName, boolean write) {
        this.apiName = apiName;
        this.write = write;
    }

    /** The key in the permissions of a class, and the word in error texts. */
    public String apiName() {
        return apiName;
    }

    public boolean isWrite() {
        return write;
    }
}
