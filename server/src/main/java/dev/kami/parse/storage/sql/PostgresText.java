package dev.kami.parse.storage.sql;

import dev.kami.parse.query.Constraint.Text;
import dev.kami.parse.query.SearchTerm;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code $text} by the full-text search of PostgreSQL: stems and stop words of the language, rank by {@code ts_rank}. Accents
 * are taken off by {@code kami_fold}, so they do not count.
 *
 * @param language name of a configuration
 */
record PostgresText(Text text, SearchTerm term, String language) {
    /** What MongoDB calls its languages, and their codes; all others are searched word by word. */
    private static final Map<String, String> LANGUAGES = Map.ofEntries(
            Map.entry("da", "danish"),
            Map.entry("nl", "dutch"),
            Map.entry("en", "english"),
            Map.entry("fi", "finnish"),
            Map.entry("fr", "french"),
            Map.entry("de", "german"),
            Map.entry("hu", "hungarian"),
            Map.entry("it", "italian"),
            Map.entry("nb", "norwegian"),
            Map.entry("pt", "portuguese"),
            Map.entry("ro", "romanian"),
            Map.entry("ru", "russian"),
            Map.entry("es", "spanish"),
            Map.entry("sv", "swedish"),
            Map.entry("tr", "turkish"));

    static PostgresText of(Text text) {
        return new PostgresText(text, SearchTerm.parse(text.term()), language(text.language()));
    }

    private static String language(String name) {
        if (name == null) {
            return "english";
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return LANGUAGES.getOrDefault(lower, LANGUAGES.containsValue(lower) ? lower : "simple");
    }

    /** The words of a text; an index over this expression serves the search. */
    static String words(String column, String language) {
        return "to_tsvector('" + language + "'::regconfig, kami_fold(" + column + "))";
    }

    /** @return false when it finds some texts too many: case and accents are left to the caller */
    boolean matches(SqlText sql, Column column) {
        sql.add("(");
        if (term.words().isEmpty() && term.phrases().isEmpty()) {
            sql.add("FALSE)");
            return true;
        }
        sql.add("(").add(words(column.sql(), language)).add(" @@ ");
        query(sql, term.allWords());
        if (!term.phrases().isEmpty()) {
            sql.add(" OR numnode("); // phrases of stop words alone are no reason to find nothing
            query(sql, term.allWords());
            sql.add(") = 0");
        }
        sql.add(")");
        for (String phrase : term.phrases()) {
            contains(sql, column, phrase, " > 0");
        }
        if (!text.caseSensitive() && !text.diacriticSensitive()) {
            for (String phrase : term.excludedPhrases()) {
                contains(sql, column, phrase, " = 0");
            }
            if (!term.excludedWords().isEmpty()) {
                sql.add(" AND NOT ").add(words(column.sql(), language)).add(" @@ ");
                query(sql, term.excludedWords());
            }
        }
        sql.add(")");
        return !text.caseSensitive() && !text.diacriticSensitive();
    }

    private static void contains(SqlText sql, Column column, String phrase, String times) {
        sql.add(" AND strpos(lower(kami_fold(").add(column.sql()).add(")), lower(kami_fold(");
        sql.value("?)))", phrase).add(times);
    }

    /** At least one of the words. */
    private void query(SqlText sql, List<String> words) {
        sql.add("(");
        String before = "";
        for (String word : words) {
            sql.add(before).value("plainto_tsquery('" + language + "'::regconfig, kami_fold(?))", word);
            before = " || ";
        }
        sql.add(")");
    }

    /** Many hits in a short text rank high. */
    void rank(SqlText sql, Column column) {
        if (term.allWords().isEmpty()) {
            sql.add("0");
            return;
        }
        sql.add("ts_rank(").add(words(column.sql(), language)).add(", ");
        query(sql, term.allWords());
        sql.add(", 1)");
    }
}
