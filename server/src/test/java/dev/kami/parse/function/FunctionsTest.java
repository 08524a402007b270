package dev.kami.parse.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kami.parse.auth.Caller;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseValue;
import dev.kami.parse.value.ParseValue.Obj;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FunctionsTest {
    private final Functions functions = new Functions();

    private ParseValue call(String name) {
        return functions.call(new FunctionRequest(name, Obj.of("a", ParseValue.of(1)), Caller.SERVER));
    }

    @Test
    void aFunctionGetsItsParametersAndAnswers() {
        functions.define("echo", request -> request.params());
        assertThat(call("echo").toJson()).isEqualTo("{\"a\":1}");
    }

    @Test
    void anUnknownFunctionIsAnError141() {
        assertThatThrownBy(() -> call("hello"))
                .hasMessage("Invalid function: \"hello\"")
                .extracting(thrown -> ((ParseException) thrown).code())
                .isEqualTo(ErrorCode.SCRIPT_FAILED);
    }

    @Test
    void namesOfJavaMethodsAreNoFunctions() {
        assertThatThrownBy(() -> call("toString")).hasMessage("Invalid function: \"toString\"");
    }

    @Test
    void aRemovedFunctionIsUnknown() {
        functions.define("echo", FunctionRequest::params);
        functions.remove("echo");
        assertThatThrownBy(() -> call("echo")).hasMessage("Invalid function: \"echo\"");
    }

    @Test
    void aParseExceptionKeepsItsCode() {
        functions.define("deny", _ -> {
            throw new ParseException(ErrorCode.OPERATION_FORBIDDEN, "no");
        });
        assertThatThrownBy(() -> call("deny"))
                .extracting(thrown -> ((ParseException) thrown).code())
                .isEqualTo(ErrorCode.OPERATION_FORBIDDEN);
    }

    @Test
    void everyOtherFailureIsAnError141WithItsMessage() {
        functions.define("fail", _ -> {
            throw new IOException("disk full");
        });
        functions.define("silent", _ -> {
            throw new IllegalStateException();
        });
        assertThatThrownBy(() -> call("fail"))
                .isInstanceOf(ParseException.class)
                .hasMessage("disk full");
        assertThatThrownBy(() -> call("silent")).hasMessage("Script failed.");
    }
}
