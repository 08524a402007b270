package dev.kami.parse.http;

import io.helidon.http.Header;
import io.helidon.http.Headers;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Headers as a map from name in lower case to value, built when somebody looks; most requests never do. */
final class LazyHeaders extends AbstractMap<String, String> {
    private final Headers headers;
    private volatile Map<String, String> map;

    LazyHeaders(Headers headers) {
        this.headers = headers;
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return map().entrySet();
    }

    @Override
    public String get(Object name) {
        return map().get(name);
    }

    @Override
    public boolean containsKey(Object name) {
        return map().containsKey(name);
    }

    private Map<String, String> map() {
        Map<String, String> now = map;
        if (now == null) {
            var read = new LinkedHashMap<String, String>();
            for (Header header : headers) {
                read.put(header.headerName().lowerCase(), String.join(", ", header.allValues()));
            }
            now = Map.copyOf(read);
            map = now;
        }
        return now;
    }
}
