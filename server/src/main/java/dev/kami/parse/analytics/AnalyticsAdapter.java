package dev.kami.parse.analytics;

import dev.kami.parse.auth.Caller;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;

/** Takes the events of {@code POST /events/...}. Called from many threads; what it throws never reaches a client. */
public interface AnalyticsAdapter {
    /** Drops every event. */
    AnalyticsAdapter NONE = new AnalyticsAdapter() {
        @Override
        public ParseValue appOpened(Obj parameters, Caller caller) {
            return null;
        }

        @Override
        public ParseValue trackEvent(String eventName, Obj parameters, Caller caller) {
            return null;
        }
    };

    /** @return the answer to the client, {@code null} for {@code {}} */
    ParseValue appOpened(Obj parameters, Caller caller);

    /** @return the answer to the client, {@code null} for {@code {}} */
    ParseValue trackEvent(String eventName, Obj parameters, Caller caller);
}
