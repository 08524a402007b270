package dev.kami.parse.email;

import dev.kami.parse.log.Log;
import dev.kami.parse.options.OptionsException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the adapter that option {@code emailAdapter} asks for: an object given in code, a name, or {@code {"module": name,
 * "options": {...}}}. Names are those of factories on the class path, the built-in ones, and npm modules that have a
 * counterpart here.
 */
final class EmailAdapters {
    /** npm modules that send by SMTP: their options name server, account and sender, each in its own words. */
    private static final Set<String> SMTP_MODULES = Set.of(
            "nodemailer",
            "parse-smtp-template",
            "parse-smtp-adapter",
            "simple-parse-smtp-adapter",
            "@saintborn/parse-smtp-adapter",
            "@openinc/parse-server-smtp-adapter",
            "parse-mail-adapter-smtp-ejs");

    /** A mail service that takes the API key of its npm module as the password of its SMTP server. */
    private record Service(String host, String user) {}

    private static final Map<String, Service> SERVICES = Map.of(
            "parse-server-sendgrid-adapter", new Service("smtp.sendgrid.net", "apikey"),
            "parse-server-postmark-adapter", new Service("smtp.postmarkapp.com", null),
            "parse-server-mandrill-adapter", new Service("smtp.mandrillapp.com", "kami"));

    /** npm modules that cannot work here, and what to do instead. */
    private static final Map<String, String> WITHOUT_COUNTERPART = Map.of(
            "@parse/simple-mailgun-adapter", mailgun(),
            "parse-server-simple-mailgun-adapter", mailgun(),
            "parse-server-mailgun", mailgun(),
            "parse-server-mailgun-adapter-template", mailgun(),
            "parse-server-amazon-ses-adapter", ses(),
            "parse-server-ses-adapter", ses(),
            "parse-server-mailjet-adapter",
                    "use the module \"smtp\" with host in-v3.mailjet.com and the API key and secret as user and password",
            "parse-server-sendmail-adapter", "use the module \"smtp\" with host localhost and port 25",
            "parse-server-api-mail-adapter",
                    "its apiCallback is JavaScript; use the module \"smtp\", which takes the same templates");

    /**
     * An adapter and the texts to send through it.
     *
     * @param templates used unless the adapter has texts of its own
     */
    record Configured(EmailAdapter adapter, MailTemplates templates) {}

    private EmailAdapters() {}

    /** @throws OptionsException when there is no such adapter or its options do not make one */
    static Configured open(Object choice, Log log) {
        return switch (choice) {
            case EmailAdapter adapter -> new Configured(adapter, MailTemplates.STANDARD);
            case String name -> open(name, Map.of(), log);
            case Map<?, ?> map when map.get("module") instanceof String name -> open(name, options(map), log);
            case Map<?, ?> map
            when map.get("module") instanceof EmailAdapter adapter ->
                new Configured(adapter, MailTemplates.of(options(map)));
            default ->
                throw new OptionsException(
                        "Option emailAdapter must be a name or {\"module\": name, \"options\": {...}}. "
                                + knownNames());
        };
    }

    private static Map<String, Object> options(Map<?, ?> choice) {
        var options = new LinkedHashMap<String, Object>();
        if (choice.get("options") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> options.put(String.valueOf(key), value));
        }
        return options;
    }

    private static Configured open(String name, Map<String, Object> options, Log log) {
        for (EmailAdapterFactory factory : ServiceLoader.load(EmailAdapterFactory.class)) {
            if (factory.name().equals(name)) {
                return new Configured(factory.open(options, log), MailTemplates.of(options));
            }
        }
        if (name.equals(LogAdapter.NAME)) {
            return new Configured(new LogAdapter(log), MailTemplates.of(options));
        }
        if (name.equals(SmtpAdapter.NAME) || SMTP_MODULES.contains(name)) {
            return smtp(name, options, log);
        }
        if (SERVICES.containsKey(name)) {
            return smtp(name, withService(SERVICES.get(name), name, options), log);
        }
        String advice = WITHOUT_COUNTERPART.get(name);
        if (advice != null) {
            throw new OptionsException(
                    "Option emailAdapter: the npm module \"" + name + "\" has no counterpart here; " + advice + ".");
        }
        throw new OptionsException("Option emailAdapter: there is no adapter \"" + name + "\". " + knownNames());
    }

    /** The templates of npm modules are written in other languages than ours, so those are not taken over silently. */
    private static Configured smtp(String name, Map<String, Object> options, Log log) {
        SmtpSettings settings = SmtpSettings.of(name, options, log);
        boolean ours = name.equals(SmtpAdapter.NAME) || MailTemplates.isOurs(options.get(MailTemplates.OPTION));
        if (!ours) {
            for (String key : Set.of("templates", "template", "templatePath", "templateDir", "templatesOptions")) {
                if (options.get(key) != null && !Boolean.FALSE.equals(options.get(key))) {
                    log.warn("Option emailAdapter: \"" + key + "\" of \"" + name + "\" has no effect here; the standard"
                            + " texts are sent. Texts of your own: see \"templates\" of the adapter \"smtp\".");
                }
            }
        }
        return new Configured(new SmtpAdapter(settings), ours ? MailTemplates.of(options) : MailTemplates.STANDARD);
    }

    private static Map<String, Object> withService(Service service, String name, Map<String, Object> options) {
        if (!(options.get("apiKey") instanceof String key) || key.isEmpty()) {
            throw new OptionsException("Option emailAdapter: \"" + name + "\" needs \"apiKey\".");
        }
        var all = new LinkedHashMap<>(options);
        all.putIfAbsent("host", service.host());
        all.putIfAbsent("user", service.user() == null ? key : service.user());
        all.putIfAbsent("password", key);
        return all;
    }

    private static String knownNames() {
        var names = new TreeSet<String>();
        names.add(LogAdapter.NAME);
        names.add(SmtpAdapter.NAME);
        names.addAll(SMTP_MODULES);
        names.addAll(SERVICES.keySet());
        ServiceLoader.load(EmailAdapterFactory.class).forEach(factory -> names.add(factory.name()));
        return "Known names: " + String.join(", ", names) + ".";
    }

    private static String mailgun() {
        return "it speaks Mailgun's HTTP interface; use the module \"smtp\" with host smtp.mailgun.org and the SMTP"
                + " account of your domain";
    }

    private static String ses() {
        return "it speaks Amazon's HTTP interface; use the module \"smtp\" with host email-smtp.<region>.amazonaws.com"
                + " and SMTP credentials made in the SES console";
    }
}
