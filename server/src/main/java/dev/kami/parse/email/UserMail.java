package dev.kami.parse.email;

import dev.kami.parse.value.ParseObject;

/**
 * What a mail to a user is about.
 *
 * @param link where the user shall go; holds a token, so it belongs into the mail and nowhere else
 * @param user with the fields a template may name; internal fields are not shown to templates
 */
record UserMail(String link, String appName, ParseObject user) {
    /** Without the link. */
    @Override
    public String toString() {
        return "UserMail[user=" + user.objectId() + "]";
    }
}
