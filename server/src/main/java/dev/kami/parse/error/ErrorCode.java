package dev.kami.parse.error;

/**
 * Every error number of the Parse protocol, with the HTTP status of its answer: 404 for {@link #OBJECT_NOT_FOUND},
 * 500 for {@link #INTERNAL_SERVER_ERROR}, 400 for all others.
 */
public enum ErrorCode {
    OTHER_CAUSE(-1),
    INTERNAL_SERVER_ERROR(1, 500),
    CONNECTION_FAILED(100),
    OBJECT_NOT_FOUND(101, 404),
    INVALID_QUERY(102),
    INVALID_CLASS_NAME(103),
    MISSING_OBJECT_ID(104),
    INVALID_KEY_NAME(105),
    INVALID_POINTER(106),
    INVALID_JSON(107),
    COMMAND_UNAVAILABLE(108),
    NOT_INITIALIZED(109),
    INCORRECT_TYPE(111),
    INVALID_CHANNEL_NAME(112),
    PUSH_MISCONFIGURED(115),
    OBJECT_TOO_LARGE(116),
    OPERATION_FORBIDDEN(119),
    CACHE_MISS(120),
    INVALID_NESTED_KEY(121),
    INVALID_FILE_NAME(122),
    INVALID_ACL(123),
    TIMEOUT(124),
    INVALID_EMAIL_ADDRESS(125),
    MISSING_CONTENT_TYPE(126),
    MISSING_CONTENT_LENGTH(127),
    INVALID_CONTENT_LENGTH(128),
    FILE_TOO_LARGE(129),
    FILE_SAVE_ERROR(130),
    /** No name in the SDKs: several installations fit one device token. */
    AMBIGUOUS_INSTALLATION(132),
    /** No name in the SDKs: an id or a class name that the request needs is missing. */
    MISSING_REQUIRED_ID(135),
    /** No name in the SDKs: a field that can never be changed. */
    IMMUTABLE_FIELD(136),
    DUPLICATE_VALUE(137),
    INVALID_ROLE_NAME(139),
    EXCEEDED_QUOTA(140),
    SCRIPT_FAILED(141),
    VALIDATION_ERROR(142),
    /** Called INVALID_IMAGE_DATA by the SDKs; the server uses it for hook declarations. */
    INVALID_HOOK(143),
    FILE_DELETE_ERROR(153),
    DUPLICATE_REQUEST(159),
    INVALID_EVENT_NAME(160),
    INVALID_VALUE(162),
    USERNAME_MISSING(200),
    PASSWORD_MISSING(201),
    USERNAME_TAKEN(202),
    EMAIL_TAKEN(203),
    EMAIL_MISSING(204),
    EMAIL_NOT_FOUND(205),
    SESSION_MISSING(206),
    ACCOUNT_ALREADY_LINKED(208),
    INVALID_SESSION_TOKEN(209),
    /** Raised by transactions that lost against another one and may be tried again. */
    INVALID_LINKED_SESSION(251),
    UNSUPPORTED_SERVICE(252),
    INVALID_SCHEMA_OPERATION(255);

    private final int number;
    private final int httpStatus;

    ErrorCode(int number) {
        this(number, 400);
    }

    ErrorCode(int number, int httpStatus) {
        this.number = number;
        this.httpStatus = httpStatus;
    }

    /** The number in {@code {"code":n}}. */
    public int number() {
        return number;
    }

    public int httpStatus() {
        return httpStatus;
    }
}
