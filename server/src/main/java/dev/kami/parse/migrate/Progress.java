package dev.kami.parse.migrate;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One line about the state, at most each second: {@code copying [ 41 %] GameScore, 412,000 of 1,000,000 objects,
 * 20,513/s, 29 s left}. On a terminal each line takes the place of the one before. For several threads.
 */
public final class Progress {
    private static final long EVERY = TimeUnit.SECONDS.toNanos(1);

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier clock;
    private String phase = "";
    private String className = "";
    private long total;
    private long done;
    private long doneBefore;
    private long began;
    private long printed;
    private int width;

    public Progress(PrintStream out, boolean terminal) {
        this(out, terminal, System::nanoTime);
    }

    /** @param clock nanoseconds from whenever */
    Progress(PrintStream out, boolean terminal, LongSupplier clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * @param total objects of the whole phase, -1 when not known
     * @param before objects done by an earlier run
     */
    synchronized void begin(String name, long total, long before) {
        end();
        phase = name;
        className = "";
        this.total = total;
        done = before;
        doneBefore = before;
        began = clock.getAsLong();
        printed = began;
    }

    synchronized void add(String name, long objects) {
        className = name;
        done += objects;
        long now = clock.getAsLong();
        if (now - printed >= EVERY) {
            printed = now;
            print(line(now));
        }
    }

    /** Leaves the last line where it is, so that others can print below it. */
    synchronized void end() {
        if (width > 0) {
            out.println();
            out.flush();
            width = 0;
        }
    }

    private void print(String line) {
        if (terminal) {
            out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            width = line.length();
        } else {
            out.println(line);
        }
        out.flush();
    }

    private String line(long now) {
        double seconds = (now - began) / 1e9;
        double rate = (done - doneBefore) / seconds;
        if (total < 0) {
            return String.format(Locale.ROOT, "%s %s, %,d objects, %,.0f/s", phase, className, done, rate);
        }
        long whole = Math.max(total, done); // a source in use may have grown
        String left = rate > 0 ? duration(Math.round((whole - done) / rate)) + " left" : "";
        return String.format(
                Locale.ROOT,
                "%s [%3d %%] %s, %,d of %,d objects, %,.0f/s, %s",
                phase,
                whole == 0 ? 100 : done * 100 / whole,
                className,
                done,
                whole,
                rate,
                left);
    }

    static String duration(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }
}
