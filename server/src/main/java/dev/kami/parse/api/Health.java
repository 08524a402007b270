package dev.kami.parse.api;

import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;

/** What the server says about itself at {@code /health}. Any thread may read and change it. */
public final class Health {
    public enum State {
        INITIALIZED("initialized"),
        STARTING("starting"),
        OK("ok"),
        STOPPING("stopping"),
        ERROR("error");

        private final String text;

        State(String text) {
            this.text = text;
        }

        /** As {@code /health} writes it. */
        public String text() {
            return text;
        }
    }

    private volatile State state = State.INITIALIZED;

    public State state() {
        return state;
    }

    public void become(State next) {
        state = next;
    }

    /** 200 when all is well, else 503, while starting with the advice to come back in a second. */
    ApiResponse response() {
        State now = state;
        ApiResponse response = ApiResponse.json(
                now == State.OK ? 200 : 503, out -> out.value(Obj.of("status", ParseValue.of(now.text))));
        return now == State.STARTING ? response.withHeader("Retry-After", "1") : response;
    }
}
