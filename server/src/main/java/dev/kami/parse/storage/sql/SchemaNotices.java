package dev.kami.parse.storage.sql;

import dev.kami.parse.value.JsonReader;
import dev.kami.parse.value.MalformedJson;
import dev.kami.parse.value.ParseValue.Obj;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Tells other servers on the database that classes have changed, and hears it from them: {@code NOTIFY "schema.change"} with
 * {@code {"senderId": <uuid>}}, as the genuine server does with {@code enableSchemaHooks}. This one always speaks and listens.
 *
 * <p>A connection of its own waits for notices. When it breaks another one takes its place, and what may have been missed
 * meanwhile counts as heard.
 */
final class SchemaNotices implements AutoCloseable {
    private static final String CHANNEL = "schema.change";
    private static final int WAIT_MS = 30_000;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String sender = UUID.randomUUID().toString();
    private final Connector connector;
    private volatile Runnable heard = () -> {};
    private volatile Connection listening;
    private volatile boolean closed;
    private Thread thread;

    SchemaNotices(Connector connector) {
        this.connector = connector;
    }

    /** As part of the transaction of this connection. */
    void tell(Connection connection) throws SQLException {
        try (PreparedStatement notify = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
            notify.setString(1, CHANNEL);
            notify.setString(2, "{\"senderId\":\"" + sender + "\"}");
            notify.execute();
        }
    }

    /** Begins to listen, on this first connection. */
    void listen(Runnable heard) throws SQLException {
        this.heard = heard;
        listening = subscribe();
        thread = Thread.ofVirtual().name("schema-notices").start(this::run);
    }

    private Connection subscribe() throws SQLException {
        Connection connection = connector.open();
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN \"" + CHANNEL + "\"");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void run() {
        while (!closed) {
            try {
                Connection connection = listening;
                if (connection == null) {
                    connection = subscribe();
                    listening = connection;
                    heard.run();
                }
                PGNotification[] notices = connection.unwrap(PGConnection.class).getNotifications(WAIT_MS);
                if (notices != null && anyOfOthers(notices)) {
                    heard.run();
                }
            } catch (SQLException | RuntimeException e) {
                // The database is away, or its answer was an error: everything is read again with the next connection.
                hangUp();
                if (!closed) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
        hangUp();
    }

    private boolean anyOfOthers(PGNotification[] notices) {
        for (PGNotification notice : notices) {
            if (!sender.equals(senderOf(notice.getParameter()))) {
                return true;
            }
        }
        return false;
    }

    private static String senderOf(String notice) {
        try {
            return JsonReader.read(notice) instanceof Obj json ? json.text("senderId") : null;
        } catch (MalformedJson e) {
            return null; // somebody else's way to say that something has changed
        }
    }

    private void hangUp() {
        Connection connection = listening;
        listening = null;
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // It was broken already.
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        Connection connection = listening;
        try {
            if (connection != null) {
                connection.abort(Runnable::run);
            }
        } catch (SQLException e) {
            // The thread ends it.
        }
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }
}
