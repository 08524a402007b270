package dev.kami.parse.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionJsonTest {
    @Test
    void frozenValuesCannotBeChanged() {
        var list = new java.util.ArrayList<Object>(List.of(1, 2.5f));
        Object frozen = OptionJson.freeze(Map.of("list", list));
        list.clear();
        assertThat(frozen).isEqualTo(Map.of("list", List.of(1L, 2.5)));
    }
}
