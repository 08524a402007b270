package dev.kami.parse.options;

import java.util.List;
import java.util.Map;

/** Definitions of the topic "Files". */
public final class FileOptions {
    private static final Topic TOPIC = new Topic("Files");

    public static final Option<Object> FILES_ADAPTER = TOPIC.adapter("filesAdapter")
            .env("PARSE_SERVER_FILES_ADAPTER")
            .later()
            .secret()
            .help("Adapter for file storage; default GridFS bucket in the MongoDB database.")
            .add();

    public static final Option<String> FILE_KEY = TOPIC.text("fileKey")
            .env("PARSE_SERVER_FILE_KEY")
            .later()
            .secret()
            .help(
                    "Legacy file key used in hosted-file URLs (tfss- names); also passed to the default GridFS adapter as encryption key.")
            .add();

    public static final Option<String> ENCRYPTION_KEY = TOPIC.text("encryptionKey")
            .env("PARSE_SERVER_ENCRYPTION_KEY")
            .later()
            .secret()
            .help(
                    "Key with which file content is encrypted (AES-256-GCM). Note: the default file adapter is built with fileKey, see options.md.")
            .add();

    public static final Option<Boolean> PRESERVE_FILE_NAME = TOPIC.bool("preserveFileName")
            .env("PARSE_SERVER_PRESERVE_FILE_NAME")
            .standard(false)
            .later()
            .help("Keep the uploaded file name (no random prefix).")
            .add();

    public static final Option<Map<String, Object>> FILE_UPLOAD = TOPIC.object("fileUpload")
            .env("PARSE_SERVER_FILE_UPLOAD_OPTIONS")
            .standard(Map.of())
            .since("seed")
            .later()
            .help("Who may upload which files.")
            .add();

    public static final Option<List<String>> FILE_UPLOAD_ALLOWED_FILE_URL_DOMAINS = TOPIC.texts(
                    "fileUpload.allowedFileUrlDomains")
            .env("PARSE_SERVER_FILE_UPLOAD_ALLOWED_FILE_URL_DOMAINS")
            .standard(List.of("*"))
            .since("9.3")
            .announcedDefault("[]")
            .later()
            .help("Host names a File value with url may point at; * any, *.d subdomains, empty list none.")
            .add();

    public static final Option<Boolean> FILE_UPLOAD_ENABLE_FOR_ANONYMOUS_USER = TOPIC.bool(
                    "fileUpload.enableForAnonymousUser")
            .env("PARSE_SERVER_FILE_UPLOAD_ENABLE_FOR_ANONYMOUS_USER")
            .standard(false)
            .since("seed")
            .later()
            .help("Anonymous users may upload.")
            .add();

    public static final Option<Boolean> FILE_UPLOAD_ENABLE_FOR_AUTHENTICATED_USER = TOPIC.bool(
                    "fileUpload.enableForAuthenticatedUser")
            .env("PARSE_SERVER_FILE_UPLOAD_ENABLE_FOR_AUTHENTICATED_USER")
            .standard(true)
            .since("seed")
            .later()
            .help("Logged-in users may upload.")
            .add();

    public static final Option<Boolean> FILE_UPLOAD_ENABLE_FOR_PUBLIC = TOPIC.bool("fileUpload.enableForPublic")
            .env("PARSE_SERVER_FILE_UPLOAD_ENABLE_FOR_PUBLIC")
            .standard(false)
            .since("seed")
            .later()
            .help("Requests without a user may upload.")
            .add();

    public static final Option<List<String>> FILE_UPLOAD_FILE_EXTENSIONS = TOPIC.texts("fileUpload.fileExtensions")
            .env("PARSE_SERVER_FILE_UPLOAD_FILE_EXTENSIONS")
            .standard(
                    List.of(
                            "^(?!([xXsS]?[hH][tT][mM][lL]?(\\+[xX][mM][lL])?|[xX][hH][tT]|[sS][vV][gG]([zZ]|\\+[xX][mM][lL])?|[xX][mM][lL]|[xX][sS][lL][tT]?(\\+[xX][mM][lL])?|[xX][sS][dD]|[rR][nN][gG]|[rR][dD][fF](\\+[xX][mM][lL])?|[oO][wW][lL]|[mM][aA][tT][hH][mM][lL](\\+[xX][mM][lL])?)$)"))
            .since("6.2")
            .later()
            .help("Allowed extensions (regular expressions, * = all); not applied to the master key.")
            .add();

    public static final Option<Map<String, Object>> FILE_DOWNLOAD = TOPIC.object("fileDownload")
            .env("PARSE_SERVER_FILE_DOWNLOAD_OPTIONS")
            .standard(Map.of())
            .since("9.8")
            .later()
            .help("Who may download files.")
            .add();

    public static final Option<Boolean> FILE_DOWNLOAD_ENABLE_FOR_ANONYMOUS_USER = TOPIC.bool(
                    "fileDownload.enableForAnonymousUser")
            .env("PARSE_SERVER_FILE_DOWNLOAD_ENABLE_FOR_ANONYMOUS_USER")
            .standard(true)
            .since("9.8")
            .later()
            .help("Anonymous users may download.")
            .add();

    public static final Option<Boolean> FILE_DOWNLOAD_ENABLE_FOR_AUTHENTICATED_USER = TOPIC.bool(
                    "fileDownload.enableForAuthenticatedUser")
            .env("PARSE_SERVER_FILE_DOWNLOAD_ENABLE_FOR_AUTHENTICATED_USER")
            .standard(true)
            .since("9.8")
            .later()
            .help("Logged-in users may download.")
            .add();

    public static final Option<Boolean> FILE_DOWNLOAD_ENABLE_FOR_PUBLIC = TOPIC.bool("fileDownload.enableForPublic")
            .env("PARSE_SERVER_FILE_DOWNLOAD_ENABLE_FOR_PUBLIC")
            .standard(true)
            .since("9.8")
            .later()
            .help("Requests without a user may download.")
            .add();

    static final List<Option<?>> ALL = TOPIC.list();

    private FileOptions() {}
}
