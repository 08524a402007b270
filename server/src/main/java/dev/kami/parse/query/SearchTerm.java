package dev.kami.parse.query;

import java.util.ArrayList;
import java.util.List;

/**
 * The parts of {@code $term}: {@code coffee -cake "fresh milk" -"sour milk"}. As they were written: what is a word, and which
 * words are the same, is for whoever searches.
 *
 * @param words runs without blanks
 */
public record SearchTerm(
        List<String> words, List<String> excludedWords, List<String> phrases, List<String> excludedPhrases) {
    public SearchTerm {
        words = List.copyOf(words);
        excludedWords = List.copyOf(excludedWords);
        phrases = List.copyOf(phrases);
        excludedPhrases = List.copyOf(excludedPhrases);
    }

    public static SearchTerm parse(String term) {
        var words = new ArrayList<String>();
        var excludedWords = new ArrayList<String>();
        var phrases = new ArrayList<String>();
        var excludedPhrases = new ArrayList<String>();
        int i = 0;
        while (i < term.length()) {
            boolean first = i == 0 || Character.isWhitespace(term.charAt(i - 1));
            boolean excluded = term.charAt(i) == '-' && first;
            int start = excluded ? i + 1 : i;
            if (start < term.length() && term.charAt(start) == '"') {
                int close = term.indexOf('"', start + 1);
                int end = close < 0 ? term.length() : close;
                add(term.substring(start + 1, end), excluded ? excludedPhrases : phrases);
                i = end + 1;
            } else {
                int end = start;
                while (end < term.length() && !Character.isWhitespace(term.charAt(end)) && term.charAt(end) != '"') {
                    end++;
                }
                add(term.substring(start, end), excluded ? excludedWords : words);
                i = Math.max(end, i + 1);
            }
        }
        return new SearchTerm(words, excludedWords, phrases, excludedPhrases);
    }

    private static void add(String part, List<String> parts) {
        if (!part.isBlank()) {
            parts.add(part);
        }
    }

    /** The words outside and inside of phrases. */
    public List<String> allWords() {
        var all = new ArrayList<>(words);
        all.addAll(phrases);
        return all;
    }
}
