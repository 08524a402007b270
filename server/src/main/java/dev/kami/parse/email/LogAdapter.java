package dev.kami.parse.email;

import dev.kami.parse.log.Log;
import dev.kami.parse.log.LogLevel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes mails to the log instead of sending them: for development. The token in a link is hidden unless the log is
 * verbose, because who reads it can take over the account.
 */
final class LogAdapter implements EmailAdapter {
    static final String NAME = "log";

    private static final Pattern TOKEN = Pattern.compile("(?<=[?&]token=)[^&\\s\"'<>]+");

    private final Log log;

    LogAdapter(Log log) {
        this.log = log;
        log.warn("Mails are not sent: emailAdapter \"log\" writes them to this log. Use it for development only;"
                + " links are complete only in verbose logs.");
    }

    @Override
    public void sendMail(Mail mail) {
        boolean whole = log.isEnabled(LogLevel.VERBOSE);
        var meta = new LinkedHashMap<String, Object>();
        meta.put("to", String.join(", ", mail.to()));
        meta.put("subject", mail.subject());
        meta.put("text", text(mail, whole));
        log.log(whole ? LogLevel.VERBOSE : LogLevel.INFO, "Mail (not sent)", Map.copyOf(meta));
    }

    private static String text(Mail mail, boolean whole) {
        String text = mail.text() == null ? String.valueOf(mail.html()) : mail.text();
        return whole ? text : TOKEN.matcher(text).replaceAll("********");
    }
}
