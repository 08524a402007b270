package dev.kami.parse.options;

/** Writes {@code docs/options.md} from the catalogue; its test compares the file and can write it anew. */
final class ReferencePage {
    private ReferencePage() {}

    static String markdown() {
        var out = new StringBuilder("""
                <!-- Generated from the option definitions. Make it again: ./mvnw -pl server test -Dtest=ReferencePageTest -DwriteDocs=true -->
                # Options

                | source, the strongest first | how |
                | --- | --- |
                | command line | `--name value`; a flag alone means true |
                | environment | the variable of the table; empty text counts as unset |
                | configuration file | `parse-server config.json` with `{"name": value}` or `{"apps": [{"name": value}]}` |
                | default | the table |

                A name with a dot is a key inside the JSON value of another option: `--pages '{"pagesEndpoint": "apps"}'`.
                Its variable fills what that JSON leaves open. `[]` stands for each entry of a list.
                Lists are JSON (`["a", "b"]`) or text with commas (`a,b`); objects are JSON.

                Since: version of the npm server that brought the option; **own** marks options only this server has.
                State: empty = works, *later* = read and checked, the feature comes in a later version,
                *none* = tied to Node.js or removed there, accepted without effect.

                ## Commands

                | command | what it does |
                | --- | --- |
                | `parse-server [config.json]` | starts the server |
                | `parse-server backup FILE` | copies the embedded database into FILE, also while a server runs |
                | `parse-server restore FILE [--force]` | makes the embedded database from such a file |
                | `parse-server migrate [--from URI] [--to URI] [--force]` | copies the whole application from one database to another |
                | `parse-server export FOLDER [--from URI] [--force]` | copies it into a folder of NDJSON files |
                | `parse-server import FOLDER [--to URI] [--force]` | copies it from such a folder |

                All of them take options, which say for example where the database is. How to move an application:
                [migrate.md](migrate.md).
                """);
        String topic = "";
        for (Option<?> option : Catalogue.all()) {
            if (!option.topic().equals(topic)) {
                topic = option.topic();
                out.append("\n## ").append(topic).append("\n\n");
                out.append("| option | environment | type | default | since | state | meaning |\n");
                out.append("| --- | --- | --- | --- | --- | --- | --- |\n");
            }
            row(out, option);
        }
        return out.toString();
    }

    private static void row(StringBuilder out, Option<?> option) {
        Object standard = option.plainDefault();
        cell(out, "`" + option + "`" + (option.isSecret() ? " (secret)" : ""));
        cell(out, option.env() == null ? "" : "`" + option.env() + "`");
        cell(out, option.kind().label());
        cell(out, standard == null ? "" : "`" + (standard.equals("") ? "\"\"" : OptionJson.text(standard)) + "`");
        cell(out, since(option));
        cell(
                out,
                switch (option.availability()) {
                    case NOW -> "";
                    case LATER -> "later";
                    case NEVER -> "none";
                });
        cell(out, meaning(option));
        out.append("|\n");
    }

    private static String since(Option<?> option) {
        if (option.isOurs()) {
            return "**own**";
        }
        var text = new StringBuilder(option.since());
        if (option.deprecated() != null) {
            text.append(", deprecated ").append(option.deprecated());
        }
        if (option.removed() != null) {
            text.append(", removed ").append(option.removed());
        }
        return text.toString();
    }

    private static String meaning(Option<?> option) {
        var text = new StringBuilder(option.help());
        if (option.announcedDefault() != null) {
            text.append(" The npm server announced the default `")
                    .append(option.announcedDefault())
                    .append("` for a later version.");
        }
        if (!option.needsRestart()) {
            text.append(" Changes without a restart.");
        }
        return text.toString();
    }

    private static void cell(StringBuilder out, String text) {
        out.append("| ")
                .append(text.replace("|", "\\|").replace("<", "&lt;").replace("`&lt;", "`<"))
                .append(' ');
    }
}
