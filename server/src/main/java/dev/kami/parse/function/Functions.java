package dev.kami.parse.function;

import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.value.ParseValue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The cloud functions of one server by name. Safe for many threads; a function may be replaced while the server runs. */
public final class Functions {
    private final Map<String, CloudFunction> functions = new ConcurrentHashMap<>();

    /** Defines a function, or replaces the one of that name. */
    public void define(String name, CloudFunction function) {
        functions.put(name, function);
    }

    public void remove(String name) {
        functions.remove(name);
    }

    /**
     * @return the result, {@code null} for none
     * @throws ParseException 141 when there is no such function, or when it fails
     */
    public ParseValue call(FunctionRequest request) {
        CloudFunction function = functions.get(request.functionName());
        if (function == null) {
            throw new ParseException(ErrorCode.SCRIPT_FAILED, "Invalid function: \"" + request.functionName() + "\"");
        }
        try {
            return function.run(request);
        } catch (ParseException answer) {
            throw answer;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw failed(stopped);
        } catch (Exception failure) {
            throw failed(failure);
        }
    }

    /** 141 with the message, as Cloud Code reports whatever is thrown. */
    public static ParseException failed(Exception failure) {
        String message = failure.getMessage();
        return new ParseException(
                ErrorCode.SCRIPT_FAILED, message == null || message.isEmpty() ? "Script failed." : message);
    }
}
