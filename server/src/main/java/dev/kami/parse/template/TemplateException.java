package dev.kami.parse.template;

/** A template that cannot be read: its text says what and where. A fault of whoever wrote the template. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TemplateException(String message) {
        super(message);
    }
}
