package dev.kami.parse.migrate;

import java.util.List;
import java.util.Locale;

/**
 * What a copy has come to.
 *
 * @param stopped it was asked to stop and can go on; then {@code classes} is empty
 * @param files how many values name a file
 */
public record Outcome(
        List<ClassOutcome> classes, boolean stopped, long files, double copySeconds, double checkSeconds) {
    /**
     * @param differences of the class itself, such as {@code permissions}
     */
    record ClassOutcome(String className, Checksum from, Checksum to, List<String> differences) {
        boolean equal() {
            return from.sameAs(to) && differences.isEmpty();
        }

        private String result() {
            if (equal()) {
                return "equal";
            }
            return differences.isEmpty() ? "DIFFERENT" : "DIFFERENT: " + String.join(", ", differences);
        }
    }

    public Outcome {
        classes = List.copyOf(classes);
    }

    /** Everything has arrived as it was. */
    public boolean equal() {
        return !stopped && classes.stream().allMatch(ClassOutcome::equal);
    }

    /** For the person who gave the command: a table with a line per class that holds objects or differs, and a sentence. */
    public String report() {
        var out = new StringBuilder();
        if (stopped) {
            return "Stopped. Give the same command again to go on.\n";
        }
        List<ClassOutcome> shown = classes.stream()
                .filter(each -> each.from().count() > 0 || !each.equal())
                .toList();
        int width =
                shown.stream().mapToInt(each -> each.className().length()).max().orElse(0);
        String form = "%-" + Math.max(width, 5) + "s  %13s  %13s  %-16s  %-16s  %s%n";
        out.append(String.format(Locale.ROOT, form, "class", "source", "target", "checksum", "", "result"));
        for (ClassOutcome each : shown) {
            String to = each.from().sameAs(each.to()) ? "" : shortened(each.to());
            out.append(String.format(
                    Locale.ROOT,
                    form,
                    each.className(),
                    String.format(Locale.ROOT, "%,d", each.from().count()),
                    String.format(Locale.ROOT, "%,d", each.to().count()),
                    shortened(each.from()),
                    to,
                    each.result()));
        }
        long objects = classes.stream().mapToLong(each -> each.from().count()).sum();
        out.append(String.format(
                Locale.ROOT,
                "%,d objects of %d classes, copied in %s, checked in %s.%n",
                objects,
                classes.stream()
                        .filter(each -> !each.className().startsWith("_Join:"))
                        .count(),
                Progress.duration(Math.round(copySeconds)),
                Progress.duration(Math.round(checkSeconds))));
        if (files > 0) {
            out.append(String.format(
                    Locale.ROOT,
                    "%,d values name files. Their names were copied; the files themselves are not copied by this"
                            + " version, move them by the means of where they lie.%n",
                    files));
        }
        out.append(equal() ? "Everything is equal.\n" : """
                        Source and target are DIFFERENT. Stop the servers that write to either, empty the target and \
                        copy again.
                        """);
        return out.toString();
    }

    private static String shortened(Checksum sum) {
        return sum.text().substring(0, 16);
    }
}
