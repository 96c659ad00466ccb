package dev.caravan.model;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/** Words for people, from the bundles {@code words/messages*.properties}: English, and Chinese. */
public final class Words {

    public static final Words ENGLISH = new Words(Locale.ENGLISH);
    public static final Words CHINESE = new Words(Locale.CHINESE);

    private final Locale locale;
    private final ResourceBundle bundle;

    private Words(Locale locale) {
        this.locale = locale;
        // The root bundle is the English one: without this a Chinese default locale would answer for English.
        var noFallback = ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
        this.bundle = ResourceBundle.getBundle("words.messages", locale, Words.class.getClassLoader(), noFallback);
    }

    /** Chinese for any Chinese locale, else English. */
    public static Words in(Locale locale) {
        return Locale.CHINESE.getLanguage().equals(locale.getLanguage()) ? CHINESE : ENGLISH;
    }

    /** The text of a key with its {0}, {1} filled in. A missing key is a fault of the program, found by a test. */
    public String say(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), locale).format(arguments);
    }

    /** The text of a key that need not be there: operators add rules of their own. */
    public Optional<String> find(String key) {
        return bundle.containsKey(key) ? Optional.of(say(key)) : Optional.empty();
    }

    /** The text of a key that only some of its family have, else that of the family. */
    public String orElse(String key, String family) {
        return say(bundle.containsKey(key) ? key : family);
    }

    /** All texts in this language, for the help of the command line. */
    public ResourceBundle bundle() {
        return bundle;
    }

    public Locale locale() {
        return locale;
    }
}
