package dev.kami.parse.auth;

/** Who asks, and with what. Every operation takes one. */
public record Caller(Auth auth, RequestInfo info) {
    /** The server itself, with all rights. */
    public static final Caller SERVER = new Caller(Auth.MASTER, RequestInfo.INTERNAL);

    public Caller withAuth(Auth other) {
        return new Caller(other, info);
    }

    public Caller asMaster() {
        return withAuth(Auth.MASTER);
    }
}
