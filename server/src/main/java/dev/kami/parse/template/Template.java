package dev.kami.parse.template;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import com.github.mustachejava.MustacheException;
import com.github.mustachejava.reflect.MapObjectHandler;
import dev.kami.parse.value.JsNumber;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;
import java.util.function.Function;

/**
 * A Mustache template, compiled once and rendered by any thread.
 *
 * <p>Values are maps, lists, texts, numbers and booleans; a name that is missing renders as nothing. Nothing is reached by
 * reflection and no partial is read from a file, so neither a value nor a template can lead anywhere else. A value that
 * holds braces is text, it is not rendered again.
 */
public final class Template {
    private final Mustache mustache;

    private Template(Mustache mustache) {
        this.mustache = mustache;
    }

    /** Values are escaped for HTML, in text and in quoted attributes: {@code & < > " ' / ` =}. */
    public static Template html(String source) {
        return html(source, _ -> "");
    }

    /** @param partials the source of <code>{{> name}}</code>; empty for a name that is not known */
    public static Template html(String source, Function<String, String> partials) {
        return compile(source, new Factory(true, partials));
    }

    /** Values stand as they are: for plain text. */
    public static Template plain(String source) {
        return compile(source, new Factory(false, _ -> ""));
    }

    private static Template compile(String source, Factory factory) {
        try {
            return new Template(factory.compile(new StringReader(source), "template"));
        } catch (MustacheException e) {
            throw new TemplateException(e.getMessage());
        }
    }

    public String render(Map<String, ?> values) {
        var out = new StringWriter();
        try {
            mustache.execute(out, values).flush();
        } catch (MustacheException e) {
            throw new TemplateException(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string in memory does not fail
        }
        return out.toString();
    }

    private static final class Factory extends DefaultMustacheFactory {
        private final boolean html;

        Factory(boolean html, Function<String, String> partials) {
            super(name -> new StringReader(partials.apply(name)));
            this.html = html;
            setObjectHandler(new Values());
        }

        /** The library would look for the partial beside its template, with the template's extension. */
        @Override
        public String resolvePartialPath(String folder, String name, String extension) {
            return name;
        }

        @Override
        public void encode(String value, Writer out) {
            try {
                if (html) {
                    escape(value, out);
                } else {
                    out.write(value);
                }
            } catch (IOException e) {
                throw new MustacheException("cannot write: " + e.getMessage(), e);
            }
        }

        private static void escape(String value, Writer out) throws IOException {
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                switch (c) {
                    case '&' -> out.write("&amp;");
                    case '<' -> out.write("&lt;");
                    case '>' -> out.write("&gt;");
                    case '"' -> out.write("&quot;");
                    case '\'' -> out.write("&#39;");
                    case '/' -> out.write("&#x2F;");
                    case '`' -> out.write("&#x60;");
                    case '=' -> out.write("&#x3D;");
                    default -> out.write(c);
                }
            }
        }
    }

    /** Looks names up in maps and nowhere else. */
    private static final class Values extends MapObjectHandler {
        @Override
        public String stringify(Object value) {
            return value instanceof Double number ? JsNumber.format(number) : value.toString();
        }
    }
}
