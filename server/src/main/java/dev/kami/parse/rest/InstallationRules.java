package dev.kami.parse.rest;

import dev.kami.parse.auth.Auth;
import dev.kami.parse.database.Database;
import dev.kami.parse.database.Rows;
import dev.kami.parse.error.ErrorCode;
import dev.kami.parse.error.ParseException;
import dev.kami.parse.log.Log;
import dev.kami.parse.op.FieldOp;
import dev.kami.parse.query.Constraint;
import dev.kami.parse.query.Constraint.EqualTo;
import dev.kami.parse.query.Constraint.NotEqual;
import dev.kami.parse.value.ParseObject;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One device, one installation. A device is known by its installation id, which the app made up, or by its device token,
 * which the push service gave it and may give it anew or to another device. So a create may become the update of a row
 * that is there already, and a row that has the token of another device loses it.
 *
 * <pre>
 *   rows found by     none              the id (objectId or installationId)     the token only
 *   no token sent     create            update that row                         -
 *   token, one row                      its row with the same token and no id:  one of the two has no id: update that row
 *                                       the two become one                      else: take the token from it, create
 *   token, several                      take the token from the others, update  installationId sent: the same; else 132
 * </pre>
 *
 * Rows are searched by id and by token one after the other, each with its index, because together they would be read all.
 */
final class InstallationRules {
    static final String CLASS = "_Installation";
    /** Tokens of Apple's service are this long, and hexadecimal in any case. */
    private static final int APPLE_TOKEN = 64;

    private final Database database;
    private final Rows rows;
    private final DeviceTokenOptions options;
    private final Log log;

    InstallationRules(Database database, Rows rows, DeviceTokenOptions options, Log log) {
        this.database = database;
        this.rows = rows;
        this.options = options;
        this.log = log;
    }

    /** What a write says about the device, and what is stored about it. Texts are {@code null} when absent or empty. */
    private static final class Device {
        /** Of the body, in lower case. */
        private String ownId;
        /** Of the body or of the request. */
        private String installationId;

        private String deviceToken;
        private String deviceType;

        private ParseObject idMatch;
        private List<ParseObject> tokenMatches;
    }

    void run(WriteState write) {
        if (!write.className.equals(CLASS)) {
            return;
        }
        Device device = device(write);
        boolean changesDevice =
                device.deviceToken != null || device.installationId != null || device.deviceType != null;
        if (!write.creating && !changesDevice) {
            return;
        }
        search(write, device);
        String target = device.idMatch == null ? withoutId(write, device) : withId(write, device);
        if (target != null) {
            write.creating = false;
            write.objectId = target;
            write.body = write.body.without("objectId", "createdAt");
        }
    }

    private static Device device(WriteState write) {
        var device = new Device();
        device.deviceToken = text(write.body, "deviceToken");
        device.ownId = text(write.body, "installationId");
        device.deviceType = text(write.body, "deviceType");
        String ofRequest = write.caller.info().installationId();
        if (write.creating && device.deviceToken == null && device.ownId == null && isEmpty(ofRequest)) {
            throw new ParseException(
                    ErrorCode.MISSING_REQUIRED_ID,
                    "at least one ID field (deviceToken, installationId) must be specified in this operation");
        }
        if (device.deviceToken != null && device.deviceToken.length() == APPLE_TOKEN) {
            device.deviceToken = device.deviceToken.toLowerCase(Locale.ROOT);
            write.body = write.body.with("deviceToken", new Str(device.deviceToken));
        }
        if (device.ownId != null) {
            device.ownId = device.ownId.toLowerCase(Locale.ROOT);
            write.body = write.body.with("installationId", new Str(device.ownId));
        }
        device.installationId = device.ownId;
        if (device.ownId == null && !write.auth().seesEverything() && !isEmpty(ofRequest)) {
            device.installationId = ofRequest.toLowerCase(Locale.ROOT);
        }
        return device;
    }

    private static boolean isEmpty(String text) {
        return text == null || text.isEmpty();
    }

    private static String text(Obj body, String field) {
        String text = body.text(field);
        return isEmpty(text) ? null : text;
    }

    private static String text(ParseObject row, String field) {
        return row.get(field) instanceof Str(String text) ? text : null;
    }

    private void search(WriteState write, Device device) {
        Map<String, ParseObject> found = new LinkedHashMap<>();
        if (!write.creating) {
            find("objectId", write.objectId, found);
        }
        find("installationId", device.installationId, found);
        find("deviceToken", device.deviceToken, found);
        device.tokenMatches = found.values().stream()
                .filter(row -> Objects.equals(text(row, "deviceToken"), device.deviceToken))
                .toList();
        if (!write.creating) {
            ParseObject own = found.get(write.objectId);
            checkUpdate(device, own);
            device.idMatch = own;
        }
        if (device.installationId != null) {
            found.values().stream()
                    .filter(row -> device.installationId.equals(text(row, "installationId")))
                    .findFirst()
                    .ifPresent(row -> device.idMatch = row);
        }
        if (write.creating && device.deviceType == null && device.idMatch == null) {
            throw new ParseException(ErrorCode.MISSING_REQUIRED_ID, "deviceType must be specified in this operation");
        }
    }

    private void find(String field, String value, Map<String, ParseObject> found) {
        if (value != null) {
            rows.find(CLASS, new EqualTo(field, new Str(value)), -1).forEach(row -> found.put(row.objectId(), row));
        }
    }

    private static void checkUpdate(Device device, ParseObject own) {
        if (own == null) {
            throw new ParseException(ErrorCode.OBJECT_NOT_FOUND, "Object not found for update.");
        }
        String storedId = text(own, "installationId");
        String storedToken = text(own, "deviceToken");
        if (device.ownId != null && !isEmpty(storedId) && !device.ownId.equals(storedId)) {
            throw unchangeable("installationId");
        }
        if (device.deviceToken != null
                && !isEmpty(storedToken)
                && !device.deviceToken.equals(storedToken)
                && device.ownId == null
                && isEmpty(storedId)) {
            throw unchangeable("deviceToken");
        }
        if (device.deviceType != null && !device.deviceType.equals(text(own, "deviceType"))) {
            throw unchangeable("deviceType");
        }
    }

    private static ParseException unchangeable(String field) {
        return new ParseException(ErrorCode.IMMUTABLE_FIELD, field + " may not be changed in this operation");
    }

    /** The row to update, {@code null} to create one. */
    private String withoutId(WriteState write, Device device) {
        if (device.tokenMatches.isEmpty()) {
            return null;
        }
        ParseObject first = device.tokenMatches.getFirst();
        if (device.tokenMatches.size() == 1
                && (isEmpty(text(first, "installationId")) || device.installationId == null)) {
            return first.objectId();
        }
        if (device.ownId == null) {
            throw new ParseException(
                    ErrorCode.AMBIGUOUS_INSTALLATION,
                    "Must specify installationId when deviceToken matches multiple Installation objects");
        }
        takeToken(write, device, new NotEqual("installationId", new Str(device.installationId)));
        return null;
    }

    private String withId(WriteState write, Device device) {
        ParseObject idMatch = device.idMatch;
        if (device.tokenMatches.size() == 1 && isEmpty(text(device.tokenMatches.getFirst(), "installationId"))) {
            return merged(write, idMatch, device.tokenMatches.getFirst());
        }
        if (device.deviceToken != null && !device.deviceToken.equals(text(idMatch, "deviceToken"))) {
            if (device.ownId != null) {
                takeToken(write, device, new NotEqual("installationId", new Str(device.ownId)));
            } else if (idMatch.objectId().equals(write.body.text("objectId"))) {
                takeToken(write, device, new NotEqual("objectId", new Str(idMatch.objectId())));
            }
            // Without either nobody knows which of the rows are of other devices; they stay.
        }
        return idMatch.objectId();
    }

    /** The rows of other devices, in the same app if one is named, have the token no longer. */
    private void takeToken(WriteState write, Device device, Constraint others) {
        Constraint where = Constraint.and(new EqualTo("deviceToken", new Str(device.deviceToken)), others);
        String appIdentifier = text(write.body, "appIdentifier");
        if (appIdentifier != null) {
            where = Constraint.and(where, new EqualTo("appIdentifier", new Str(appIdentifier)));
        }
        remove(write, where, "deviceToken");
    }

    /** Two rows are the same device: one stays. */
    private String merged(WriteState write, ParseObject idMatch, ParseObject tokenMatch) {
        if (idMatch.objectId().equals(tokenMatch.objectId())) {
            return idMatch.objectId();
        }
        ParseObject kept = options.installationIdWins() ? idMatch : tokenMatch;
        ParseObject gone = options.installationIdWins() ? tokenMatch : idMatch;
        remove(
                write,
                new EqualTo("objectId", new Str(gone.objectId())),
                options.installationIdWins() ? "deviceToken" : "installationId");
        return kept.objectId();
    }

    /** Deletes the rows, or only a field of them. */
    private void remove(WriteState write, Constraint where, String field) {
        Auth auth = options.withRightsOfCaller() ? write.auth() : Auth.MASTER;
        try {
            if (options.clears()) {
                clear(auth, where, field);
            } else {
                database.delete(auth, CLASS, where);
            }
        } catch (ParseException refused) {
            if (refused.code() != ErrorCode.OPERATION_FORBIDDEN) {
                throw refused;
            }
            // As configured: a row that the caller may not touch stays, and the caller's own write goes on.
            log.warn("Installations with the same " + field + " stay: the caller may not change them.");
        }
    }

    private void clear(Auth auth, Constraint where, String field) {
        var ops = new LinkedHashMap<String, FieldOp>();
        ops.put(field, new FieldOp.Delete());
        for (ParseObject row : new ArrayList<>(rows.find(CLASS, where, -1))) {
            try {
                database.update(auth, CLASS, row.objectId(), where, ops, Map.of(), List.of());
            } catch (ParseException refused) {
                if (refused.code() != ErrorCode.OBJECT_NOT_FOUND) {
                    throw refused;
                }
                // It has changed meanwhile, or is not the caller's to change: it stays as it is.
            }
        }
    }
}
