package dev.kami.parse.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.error.ParseException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FieldPathTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.kami.parse.op.OperationCases#all")
    void inMemory(OperationCases.Case c) {
        if (c.refused() == 0) {
            assertThat(FieldPath.apply(c.valueBefore(), c.below(), c.operation()))
                    .isEqualTo(c.valueAfter());
        } else {
            assertThatThrownBy(() -> FieldPath.apply(c.valueBefore(), c.below(), c.operation()))
                    .asInstanceOf(InstanceOfAssertFactories.type(ParseException.class))
                    .satisfies(e -> assertThat(e.code().number()).isEqualTo(c.refused()));
        }
    }
}
