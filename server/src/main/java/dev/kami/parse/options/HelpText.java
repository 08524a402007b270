package dev.kami.parse.options;

import java.util.List;

/** The texts of {@code --help} and {@code --version}, made from the catalogue. */
public final class HelpText {
    /** Where the explanations begin; a few long names push theirs to the right. */
    private static final int COLUMN = 44;

    private HelpText() {}

    /** Ends with a line break. */
    public static String help() {
        List<Option<?>> options = Catalogue.topLevel();
        var out = new StringBuilder("""
                Usage: parse-server [options] [path/to/configuration.json]
                       parse-server backup FILE [options]
                       parse-server restore FILE [--force] [options]
                       parse-server migrate [--from URI] [--to URI] [--force] [options]
                       parse-server export FOLDER [--from URI] [--force] [options]
                       parse-server import FOLDER [--to URI] [--force] [options]

                Commands:
                  backup FILE    copy the embedded database into FILE; a running server goes on serving
                  restore FILE   make the embedded database from such a file; --force replaces one that is there
                  migrate        copy the whole application from one database to another, and compare them
                  export FOLDER  copy the whole application into NDJSON files; --force replaces an export
                  import FOLDER  copy it from such files, or from those of an export of Parse.com

                  migrate, export and import: a database not named is that of the options. No server may use an
                  embedded one meanwhile. What was interrupted goes on when the same command is given again.
                  A target that is not empty is refused; with --force objects of the same objectId are replaced.
                  They end with 0 when source and target are equal, else with 1, after Ctrl-C with 130.

                Options:
                """);
        line(out, "-h, --help", "Print this help.");
        line(out, "--version", "Print the version.");
        for (Option<?> option : options) {
            line(out, usage(option), description(option));
        }
        out.append("\n  Configure From Environment:\n\n");
        for (Option<?> option : options) {
            if (option.env() != null) {
                out.append("    $ ")
                        .append(option.env())
                        .append("='")
                        .append(option)
                        .append("'\n");
            }
        }
        out.append("""

                  Get started:

                    $ parse-server --appId APP_ID --masterKey MASTER_KEY

                  serves the REST API on http://localhost:1337/parse and keeps its data in ./data.
                  The same as a configuration file:

                    $ parse-server config.json
                    config.json: {"appId": "APP_ID", "masterKey": "MASTER_KEY"}

                  A flag wins over the environment, the environment over the file. All options, also
                  those inside JSON values, are explained in docs/options.md.
                """);
        return out.toString();
    }

    /** One line with the name of the program and its version. */
    public static String version() {
        String version = HelpText.class.getPackage().getImplementationVersion();
        return "parse-server (Kami Parse Server) " + (version == null ? "development build" : version) + "\n";
    }

    /** {@code --port [port]}; {@code --appId <appId>} for what is required. */
    static String usage(Option<?> option) {
        String name = option.path();
        return option.isRequired() ? "--" + name + " <" + name + ">" : "--" + name + " [" + name + "]";
    }

    private static void line(StringBuilder out, String usage, String text) {
        out.append("  ")
                .append(usage)
                .append(" ".repeat(Math.max(2, COLUMN - usage.length())))
                .append(text)
                .append('\n');
    }

    private static String description(Option<?> option) {
        var text = new StringBuilder(option.help());
        if (option.plainDefault() != null) {
            text.append(" Default: ")
                    .append(OptionJson.text(option.plainDefault()))
                    .append('.');
        }
        switch (option.availability()) {
            case NOW -> {}
            case LATER -> text.append(" (no effect yet)");
            case NEVER -> text.append(" (no effect)");
        }
        return text.toString();
    }
}
