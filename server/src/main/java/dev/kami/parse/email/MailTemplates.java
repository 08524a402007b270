package dev.kami.parse.email;

import dev.kami.parse.options.OptionsException;
import dev.kami.parse.template.Locales;
import dev.kami.parse.template.Template;
import dev.kami.parse.template.TemplateException;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Bool;
import dev.kami.parse.value.ParseValue.Num;
import dev.kami.parse.value.ParseValue.Str;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The texts of the two mails, read when the server starts. Without configuration they are those of parse-server. With it,
 * in the options of the adapter:
 *
 * <pre>{@code
 * "localeField": "language",                          field of _User, default "locale"
 * "templates": {
 *   "verificationEmail": {
 *     "subject": {"default": "Please confirm", "de": "Bitte bestätigen"},
 *     "textPath": "mails/verify.txt",                 or "text"; for de-AT first mails/de-AT/verify.txt, then mails/de/...
 *     "htmlPath": "mails/verify.html"                 or "html"; may be missing
 *   },
 *   "passwordResetEmail": {...}
 * }}</pre>
 *
 * Placeholders: {@code appName, link, username, email, locale} and {@code user.<field>}.
 */
final class MailTemplates {
    /** Key in the options of the adapter. */
    static final String OPTION = "templates";

    private static final String VERIFICATION = "verificationEmail";
    private static final String PASSWORD_RESET = "passwordResetEmail";
    private static final String DEFAULT = "default";

    /** The same as parse-server sends. */
    private static final Text STANDARD_VERIFICATION =
            new Text(Part.fixed("Please verify your e-mail for {{appName}}"), Part.fixed("""
                    Hi,

                    You are being asked to confirm the e-mail address {{email}} with {{appName}}

                    Click here to confirm it:
                    {{link}}"""), null);

    private static final Text STANDARD_PASSWORD_RESET =
            new Text(Part.fixed("Password Reset for {{appName}}"), Part.fixed("""
                    Hi,

                    You requested to reset your password for {{appName}}\
                    {{#username}} (your username is '{{username}}'){{/username}}.

                    Click here to reset it:
                    {{link}}"""), null);

    static final MailTemplates STANDARD = new MailTemplates(STANDARD_VERIFICATION, STANDARD_PASSWORD_RESET, "locale");

    private final Text verification;
    private final Text passwordReset;
    private final String localeField;

    private MailTemplates(Text verification, Text passwordReset, String localeField) {
        this.verification = verification;
        this.passwordReset = passwordReset;
        this.localeField = localeField;
    }

    /** @throws OptionsException for a template that cannot be read; names the option or file */
    static MailTemplates of(Map<String, Object> adapterOptions) {
        Object templates = adapterOptions.get(OPTION);
        Object field = adapterOptions.get("localeField");
        if (templates == null && field == null) {
            return STANDARD;
        }
        if (field != null && !(field instanceof String)) {
            throw new OptionsException("Option emailAdapter: \"localeField\" must be the name of a field of _User.");
        }
        return new MailTemplates(
                text(templates, VERIFICATION, STANDARD_VERIFICATION),
                text(templates, PASSWORD_RESET, STANDARD_PASSWORD_RESET),
                field == null ? "locale" : (String) field);
    }

    static boolean isOurs(Object templates) {
        return templates instanceof Map<?, ?> map && (map.containsKey(VERIFICATION) || map.containsKey(PASSWORD_RESET));
    }

    private static Text text(Object templates, String mail, Text standard) {
        Object given = templates instanceof Map<?, ?> map ? map.get(mail) : null;
        if (templates != null && !(templates instanceof Map) || given != null && !(given instanceof Map)) {
            throw new OptionsException("Option emailAdapter: \"templates\" must be an object with \"" + VERIFICATION
                    + "\" and \"" + PASSWORD_RESET + "\", each an object.");
        }
        if (!(given instanceof Map<?, ?> parts)) {
            return standard;
        }
        Part subject = part(parts, mail, "subject", false);
        Part plain = part(parts, mail, "text", false);
        Part html = part(parts, mail, "html", true);
        return new Text(
                subject == null ? standard.subject() : subject,
                plain == null && html == null ? standard.text() : plain,
                html);
    }

    private static Part part(Map<?, ?> parts, String mail, String name, boolean html) {
        String option = "templates." + mail + "." + name;
        Object inline = parts.get(name);
        Object path = parts.get(name + "Path");
        if (inline != null && path != null) {
            throw new OptionsException("Option emailAdapter: give either " + option + " or " + option + "Path.");
        }
        return switch (inline == null ? path : inline) {
            case null -> null;
            case String text when inline != null -> new Part(compile(option, text, html), Map.of());
            case String file -> files(option + "Path", Path.of(file), html);
            case Map<?, ?> byLocale
            when inline != null && byLocale.get(DEFAULT) instanceof String otherwise -> {
                var translations = new HashMap<String, Template>();
                byLocale.forEach((locale, text) -> translations.put(
                        String.valueOf(locale), compile(option + "." + locale, String.valueOf(text), html)));
                yield new Part(compile(option, otherwise, html), translations);
            }
            default ->
                throw new OptionsException("Option emailAdapter: " + option
                        + " must be a text, or an object of texts by locale with one for \"default\".");
        };
    }

    /** The file, and every file of that name in a folder beside it that is named for a locale. */
    private static Part files(String option, Path file, boolean html) {
        var translations = new HashMap<String, Template>();
        Path folder = file.toAbsolutePath().getParent();
        try {
            Template otherwise = compile(option, Files.readString(file), html);
            try (var folders = Files.list(folder)) {
                for (Path other : folders.filter(Files::isDirectory).toList()) {
                    String locale = other.getFileName().toString();
                    Path translated = other.resolve(file.getFileName());
                    if (Locales.isLocale(locale) && Files.isRegularFile(translated)) {
                        translations.put(locale, compile(option, Files.readString(translated), html));
                    }
                }
            }
            return new Part(otherwise, translations);
        } catch (IOException e) {
            throw new OptionsException("Option emailAdapter: " + option + " cannot be read: " + e.getMessage() + ".");
        }
    }

    private static Template compile(String option, String source, boolean html) {
        try {
            return html ? Template.html(source) : Template.plain(source);
        } catch (TemplateException e) {
            throw new OptionsException("Option emailAdapter: " + option + ": " + e.getMessage() + ".");
        }
    }

    Mail verification(UserMail mail, String to) {
        return verification.mail(to, values(mail));
    }

    Mail passwordReset(UserMail mail, String to) {
        return passwordReset.mail(to, values(mail));
    }

    private Map<String, Object> values(UserMail mail) {
        var values = new LinkedHashMap<String, Object>();
        var fields = fields(mail.user());
        values.put("user", fields);
        values.put("username", fields.get("username"));
        values.put("email", fields.get("email"));
        values.put(
                "locale", fields.get(localeField) instanceof String locale && Locales.isLocale(locale) ? locale : null);
        values.put("appName", mail.appName());
        values.put("link", mail.link());
        return values;
    }

    /** Texts, numbers and booleans; nothing internal, no token, no link to an account elsewhere. */
    private static Map<String, Object> fields(ParseObject user) {
        var fields = new LinkedHashMap<String, Object>();
        user.forEach((name, value) -> {
            if (name.startsWith("_")
                    || Set.of("sessionToken", "authData", "password").contains(name)) {
                return;
            }
            switch (value) {
                case Str(String text) -> fields.put(name, text);
                case Num(double number) -> fields.put(name, number);
                case Bool(boolean flag) -> fields.put(name, flag);
                default -> {} // a template can name plain values only
            }
        });
        return fields;
    }

    /** One part of a mail in its languages. */
    private record Part(Template otherwise, Map<String, Template> translations) {
        static Part fixed(String source) {
            return new Part(Template.plain(source), Map.of());
        }

        String render(Map<String, Object> values) {
            if (values.get("locale") instanceof String locale) {
                for (String candidate : Locales.candidates(locale)) {
                    Template translation = translations.get(candidate);
                    if (translation != null) {
                        return translation.render(values);
                    }
                }
            }
            return otherwise.render(values);
        }
    }

    /**
     * @param text {@code null} for a mail of HTML only
     * @param html {@code null} for a mail of plain text
     */
    private record Text(Part subject, Part text, Part html) {
        Mail mail(String to, Map<String, Object> values) {
            return new Mail(
                    List.of(to),
                    null,
                    subject.render(values),
                    text == null ? null : text.render(values),
                    html == null ? null : html.render(values));
        }
    }
}
