package dev.kami.parse.security;

import dev.kami.parse.log.Log;
import dev.kami.parse.options.Options;
import dev.kami.parse.options.OptionsException;
import dev.kami.parse.options.PermissionOptions;
import dev.kami.parse.value.ParseValue.Array;
import dev.kami.parse.value.ParseValue.Obj;
import dev.kami.parse.value.ParseValue.Str;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs the checks of all groups. The report is {@code {report:{version, state, groups:[{name, state, checks:[{title,
 * state, warning, solution}]}]}}} with the states {@code success} and {@code fail}; warning and solution only where a
 * check failed.
 */
public final class SecurityReport {
    private static final Str VERSION = new Str("1.0.0");
    private static final Str SUCCESS = new Str("success");
    private static final Str FAIL = new Str("fail");

    private final List<CheckGroup> groups;
    private final boolean enabled;
    private final boolean logged;
    private final Log log;

    /**
     * @param enabled option {@code security.enableCheck}
     * @param logged option {@code security.enableCheckLog}
     */
    SecurityReport(List<CheckGroup> groups, boolean enabled, boolean logged, Log log) {
        this.groups = List.copyOf(groups);
        this.enabled = enabled;
        this.logged = logged;
        this.log = log;
    }

    /**
     * With the groups of option {@code security.checkGroups}: names of groups that every server has, or, in Java,
     * {@link CheckGroup}s; without the option all that every server has.
     *
     * @throws OptionsException for a group that nobody knows
     */
    public static SecurityReport from(Options options, Log log) {
        List<CheckGroup> known = BuiltInChecks.groups(options);
        List<CheckGroup> groups = options.find(PermissionOptions.SECURITY_CHECK_GROUPS)
                .map(wanted -> wanted.stream().map(group -> group(group, known)).toList())
                .orElse(known);
        return new SecurityReport(
                groups,
                options.is(PermissionOptions.SECURITY_ENABLE_CHECK),
                options.is(PermissionOptions.SECURITY_ENABLE_CHECK_LOG),
                log);
    }

    private static CheckGroup group(Object wanted, List<CheckGroup> known) {
        if (wanted instanceof CheckGroup own) {
            return own;
        }
        return known.stream()
                .filter(group -> group.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new OptionsException("Option security.checkGroups names an unknown group \"" + wanted
                        + "\"; known are: "
                        + known.stream().map(CheckGroup::name).collect(Collectors.joining(", ")) + "."));
    }

    /** Whether {@code GET /security} may be answered. */
    public boolean isEnabled() {
        return enabled;
    }

    /** Runs the checks for the log of a starting server, when the options ask for it. */
    public void runAtStart() {
        if (enabled && logged) {
            run();
        }
    }

    /** Runs all checks, and logs what they say when the options ask for it. */
    public Obj run() {
        var parts = new ArrayList<Obj>();
        for (CheckGroup group : groups) {
            List<Obj> checks =
                    group.checks().stream().map(SecurityReport::outcome).toList();
            parts.add(Obj.of(
                    "name", new Str(group.name()), "state", state(checks), "checks", new Array(List.copyOf(checks))));
        }
        if (logged) {
            writeToLog(parts);
        }
        return Obj.of(
                "report", Obj.of("version", VERSION, "state", state(parts), "groups", new Array(List.copyOf(parts))));
    }

    private static Obj outcome(SecurityCheck check) {
        return check.holds()
                ? Obj.of("title", new Str(check.title()), "state", SUCCESS)
                : Obj.of(
                        "title", new Str(check.title()),
                        "state", FAIL,
                        "warning", new Str(check.warning()),
                        "solution", new Str(check.solution()));
    }

    private static Str state(List<Obj> parts) {
        return parts.stream().allMatch(part -> part.get("state").equals(SUCCESS)) ? SUCCESS : FAIL;
    }

    private void writeToLog(List<Obj> parts) {
        var text = new StringBuilder();
        int failed = 0;
        int run = 0;
        for (Obj group : parts) {
            text.append("\n- ").append(group.text("name"));
            if (group.get("checks") instanceof Array(var checks)) {
                for (var check : checks) {
                    run++;
                    if (check instanceof Obj outcome) {
                        boolean fails = FAIL.equals(outcome.get("state"));
                        failed += fails ? 1 : 0;
                        text.append("\n   ").append(fails ? "weak: " : "good: ").append(outcome.text("title"));
                        if (fails) {
                            text.append("\n      ")
                                    .append(outcome.text("warning"))
                                    .append(' ')
                                    .append(outcome.text("solution"));
                        }
                    }
                }
            }
        }
        String message = "Security check: " + failed + " of " + run + " settings are weak" + text;
        if (failed == 0) {
            log.info(message);
        } else {
            log.warn(message);
        }
    }
}
