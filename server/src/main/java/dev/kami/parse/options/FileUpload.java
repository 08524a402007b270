package dev.kami.parse.options;

import java.util.List;

/**
 * The option {@code fileUpload}.
 *
 * @param fileExtensions regular expressions (JavaScript syntax); one must match the extension
 * @param allowedFileUrlDomains hosts a file may be taken from by URL; {@code *} for all
 */
public record FileUpload(
        boolean enableForPublic,
        boolean enableForAnonymousUser,
        boolean enableForAuthenticatedUser,
        List<String> fileExtensions,
        List<String> allowedFileUrlDomains) {

    public static FileUpload of(Options options) {
        return new FileUpload(
                options.is(FileOptions.FILE_UPLOAD_ENABLE_FOR_PUBLIC),
                options.is(FileOptions.FILE_UPLOAD_ENABLE_FOR_ANONYMOUS_USER),
                options.is(FileOptions.FILE_UPLOAD_ENABLE_FOR_AUTHENTICATED_USER),
                options.get(FileOptions.FILE_UPLOAD_FILE_EXTENSIONS),
                options.get(FileOptions.FILE_UPLOAD_ALLOWED_FILE_URL_DOMAINS));
    }
}
