package dev.kami.parse.email;

import dev.kami.parse.options.CoreOptions;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.PageOptions;
import dev.kami.parse.value.UriText;

/**
 * The addresses in mails. They hold the token and nothing about the user, because addresses end up in histories and logs.
 *
 * @param frame page of the app that hides the address of the server ({@code customPages.parseFrameURL}), or {@code null}
 */
record MailLinks(String publicServerUrl, String endpoint, String appId, String frame) {
    static MailLinks of(Options options) {
        String endpoint = options.get(PageOptions.PAGES_PAGES_ENDPOINT);
        String frame = options.get(PageOptions.CUSTOM_PAGES_PARSE_FRAME_URL);
        return new MailLinks(
                options.get(CoreOptions.PUBLIC_SERVER_URL),
                endpoint == null || endpoint.isEmpty() ? "apps" : endpoint,
                options.get(CoreOptions.APP_ID),
                frame == null || frame.isEmpty() ? null : frame);
    }

    String verification(String token) {
        return link("verify_email", token);
    }

    String passwordReset(String token) {
        return link("request_password_reset", token);
    }

    private String link(String action, String token) {
        String path = "/" + endpoint + "/" + appId + "/" + action;
        String query = "token=" + UriText.component(token);
        return frame == null
                ? publicServerUrl + path + "?" + query
                : frame + "?link=" + UriText.component(path) + "&" + query;
    }
}
