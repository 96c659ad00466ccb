package dev.caravan.migration.people;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.ibm.icu.text.Transliterator;

/** Ways to write one name, so that two spellings of it have a key in common. */
final class NameKeys {

    private static final Transliterator PINYIN = Transliterator.getInstance("Han-Latin/Names; Latin-ASCII; Lower");
    private static final int LONGEST_FAMILY_NAME = 2;

    private NameKeys() {}

    /** The name itself, without case, spaces and points; empty for nothing. */
    static String same(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s\\p{Punct}·・]", "");
    }

    /**
     * The name in Latin letters without tones, family name first and last: 王小明, Wang Xiaoming and xiaoming.wang have one in
     * common.
     */
    static Set<String> latin(String name) {
        var words = words(name);
        var keys = new HashSet<String>();
        keys.add(String.join("", words));
        for (int first = 1; first <= LONGEST_FAMILY_NAME && first < words.size(); first++) {
            keys.add(String.join("", words.subList(first, words.size())) + String.join("", words.subList(0, first)));
            int last = words.size() - first;
            keys.add(String.join("", words.subList(last, words.size())) + String.join("", words.subList(0, last)));
        }
        keys.remove("");
        return keys;
    }

    /** A transliterator is not for several threads at once. */
    private static synchronized List<String> words(String name) {
        var spaced = new StringBuilder();
        name.codePoints().forEach(c -> {
            if (Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN) {
                spaced.append(Character.toString(c));
            } else {
                spaced.append(Character.isLetter(c) ? Character.toString(c) : " ");
            }
        });
        var words = new ArrayList<String>();
        for (var word : PINYIN.transliterate(spaced.toString())
                .replaceAll("[^a-z ]", "")
                .split(" +")) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }
}
