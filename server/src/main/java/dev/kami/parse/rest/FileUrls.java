package dev.kami.parse.rest;

import dev.kami.parse.database.ClassRules;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.File;
import dev.kami.parse.value.UriText;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Where a stored file can be fetched. Only its name is stored; the address follows from the server's own when the file
 * is read. Files of the hosted Parse of old keep their addresses when {@code fileKey} is set.
 */
final class FileUrls {
    private static final Pattern UUID_PREFIX = Pattern.compile(
            "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}-.*", Pattern.CASE_INSENSITIVE);

    private final Supplier<String> serverUrl;
    private final String appId;
    private final String fileKey;

    FileUrls(Supplier<String> serverUrl, String appId, String fileKey) {
        this.serverUrl = serverUrl;
        this.appId = appId;
        this.fileKey = fileKey;
    }

    ParseObject fill(ParseObject object, ClassRules rules) {
        ParseObject filled = object;
        for (String field : rules.fileFields()) {
            if (object.get(field) instanceof File(String name, String url) && url == null) {
                filled = filled.with(field, new File(name, address(name)));
            }
        }
        return filled;
    }

    private String address(String name) {
        if (fileKey != null) {
            if (name.startsWith("tfss-")) {
                return "http://files.parsetfss.com/" + fileKey + "/" + UriText.component(name);
            }
            if (UUID_PREFIX.matcher(name).matches()) {
                return "http://files.parse.com/" + fileKey + "/" + UriText.component(name);
            }
        }
        return serverUrl.get() + "/files/" + appId + "/" + UriText.component(name);
    }
}
