package dev.kami.parse.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@code $text}: some of the words, all of the {@code "phrases"}, none of the {@code -excluded} ones, as MongoDB's text
 * search in outline, without an index. Words are runs of letters and digits; English words are compared by their stem and
 * without stop words, those of other languages as they are. Scores follow MongoDB's formula: many hits in a short text
 * rank high.
 *
 * <p>Left out on purpose: stemmers and stop words of other languages.
 */
public final class TextSearch {
    private static final Set<String> STOP_WORDS = Set.of(("i me my myself we our ours ourselves you your yours yourself"
                    + " yourselves he him his himself she her hers herself it its itself they them their theirs themselves"
                    + " what which who whom this that these those am is are was were be been being have has had having do"
                    + " does did doing would should could ought a an the and but if or because as until while of at by for"
                    + " with about against between into through during before after above below to from up down in out on"
                    + " off over under again further then once here there when where why how all any both each few more"
                    + " most other some such no nor not only own same so than too very")
            .split(" "));

    // A memo of a pure function, as in RegexEngine.
    private static final Cache<Constraint.Text, TextSearch> SEARCHES =
            Caffeine.newBuilder().maximumSize(200).build();

    private final boolean caseSensitive;
    private final boolean diacriticSensitive;
    private final boolean english;
    /** Stem to the forms asked for, in which case and accents count if they are to count. */
    private final Set<String> words = new java.util.HashSet<>();

    private final Set<String> excludedWords = new java.util.HashSet<>();
    private final List<String> phrases = new ArrayList<>();
    private final List<String> excludedPhrases = new ArrayList<>();

    /** @param language {@code null} or {@code english}, or any other name for plain words */
    public TextSearch(String term, String language, boolean caseSensitive, boolean diacriticSensitive) {
        this.caseSensitive = caseSensitive;
        this.diacriticSensitive = diacriticSensitive;
        this.english = language == null || language.equalsIgnoreCase("english") || language.equalsIgnoreCase("en");
        parse(term);
    }

    /** The search of a constraint, kept for the next object that is tested by it. */
    public static TextSearch of(Constraint.Text text) {
        return SEARCHES.get(
                text, key -> new TextSearch(key.term(), key.language(), key.caseSensitive(), key.diacriticSensitive()));
    }

    private void parse(String text) {
        SearchTerm term = SearchTerm.parse(text);
        term.words().forEach(word -> words.addAll(words(word)));
        term.excludedWords().forEach(word -> excludedWords.addAll(words(word)));
        for (String phrase : term.phrases()) {
            phrases.add(fold(phrase));
            words.addAll(words(phrase));
        }
        term.excludedPhrases().forEach(phrase -> excludedPhrases.add(fold(phrase)));
    }

    public boolean matches(String text) {
        return score(text) > 0;
    }

    /** 0 when the text does not match. */
    public double score(String text) {
        if (words.isEmpty() && phrases.isEmpty()) {
            return 0;
        }
        String folded = fold(text);
        for (String phrase : phrases) {
            if (!folded.contains(phrase)) {
                return 0;
            }
        }
        for (String phrase : excludedPhrases) {
            if (folded.contains(phrase)) {
                return 0;
            }
        }
        List<String> tokens = words(text);
        Map<String, Integer> hits = new HashMap<>();
        for (String token : tokens) {
            if (excludedWords.contains(token)) {
                return 0;
            }
            if (words.contains(token)) {
                hits.merge(token, 1, Integer::sum);
            }
        }
        double score = 0;
        for (var hit : hits.entrySet()) {
            int count = hit.getValue();
            double frequency = 2 - Math.pow(0.5, count - 1.0); // 1 + 1/2 + 1/4 ...
            double density = 0.5 * count / tokens.size() + 0.5;
            boolean whole = folded.equals(hit.getKey());
            score += frequency * density * (whole ? 1.1 : 1);
        }
        // A phrase of stop words alone matches, but says nothing about rank.
        return score == 0 && words.isEmpty() ? 0.5 : score;
    }

    private List<String> words(String text) {
        String folded = fold(text);
        var words = new ArrayList<String>();
        int start = -1;
        for (int i = 0; i <= folded.length(); i++) {
            boolean inWord = i < folded.length() && isWordPart(folded, i);
            if (inWord && start < 0) {
                start = i;
            } else if (!inWord && start >= 0) {
                addWord(folded.substring(start, i), words);
                start = -1;
            }
        }
        return words;
    }

    private static boolean isWordPart(String text, int i) {
        char c = text.charAt(i);
        return Character.isLetterOrDigit(c)
                || c == '_'
                || Character.isSurrogate(c)
                || Character.getType(c) == Character.NON_SPACING_MARK
                || c == '\'' && i > 0 && Character.isLetter(text.charAt(i - 1));
    }

    private void addWord(String word, List<String> words) {
        String bare = word.endsWith("'s") ? word.substring(0, word.length() - 2) : word.replace("'", "");
        if (!english) {
            words.add(bare);
        } else if (!STOP_WORDS.contains(bare.toLowerCase(Locale.ROOT))) {
            words.add(stem(bare));
        }
    }

    private String fold(String text) {
        String folded = caseSensitive ? text : text.toLowerCase(Locale.ROOT);
        if (diacriticSensitive || Normalizer.isNormalized(folded, Normalizer.Form.NFD)) {
            return folded;
        }
        String apart = Normalizer.normalize(folded, Normalizer.Form.NFD);
        var out = new StringBuilder(apart.length());
        for (int i = 0; i < apart.length(); i++) {
            if (Character.getType(apart.charAt(i)) != Character.NON_SPACING_MARK) {
                out.append(apart.charAt(i));
            }
        }
        return out.toString();
    }

    /** The first step of Porter's stemmer: plurals, -ed, -ing and a final y. */
    static String stem(String word) {
        String stem = word;
        if (stem.length() < 4) {
            return stem;
        }
        if (stem.endsWith("sses")) {
            stem = cut(stem, 2);
        } else if (stem.endsWith("ies")) {
            stem = cut(stem, 3) + "y";
        } else if (stem.endsWith("s") && !stem.endsWith("ss") && !stem.endsWith("us") && !stem.endsWith("is")) {
            stem = cut(stem, 1);
        }
        if (stem.endsWith("ing") && hasVowel(cut(stem, 3))) {
            stem = mend(cut(stem, 3));
        } else if (stem.endsWith("ed") && !stem.endsWith("eed") && hasVowel(cut(stem, 2))) {
            stem = mend(cut(stem, 2));
        }
        if (stem.length() > 3 && stem.endsWith("e")) {
            stem = cut(stem, 1);
        }
        return stem.endsWith("y") && hasVowel(cut(stem, 1)) ? cut(stem, 1) + "i" : stem;
    }

    /** Takes back the doubling before -ed and -ing: hopp becomes hop. */
    private static String mend(String stem) {
        int last = stem.length() - 1;
        if (last > 1 && stem.charAt(last) == stem.charAt(last - 1) && "lsz".indexOf(stem.charAt(last)) < 0) {
            return cut(stem, 1);
        }
        return stem;
    }

    private static boolean hasVowel(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("aeiouyAEIOUY".indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static String cut(String text, int characters) {
        return text.substring(0, text.length() - characters);
    }
}
