package dev.caravan.transform.text;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Mattermost's flavour of Markdown: mentions are bare names ({@code @alice}, {@code ~town-square}) instead of links.
 *
 * <p>Decisions where the two notations do not fit:
 *
 * <ul>
 *   <li>A mention beside a letter, digit or underscore is set apart by a zero-width space (U+200B), which Mattermost takes as
 *       the end of a word; one zero-width space beside a reference therefore carries no meaning here.
 *   <li>Literal text such as {@code @alice} that Mattermost would read as a mention gets its sign as a character reference
 *       ({@code &#64;}, {@code &#126;}): a backslash would not do, Mattermost joins escaped characters to the text around
 *       them before it looks for mentions.
 *   <li>In normal form a literal {@code @} is bare and a single literal {@code ~} is escaped.
 * </ul>
 *
 * @see <a href="https://github.com/mattermost/marked">Mattermost's Markdown parser</a>
 */
public final class MattermostMarkup {
    static final char GAP = '\u200B';
    static final String AT_REFERENCE = "&#64;";
    static final String TILDE_REFERENCE = "&#126;";

    /** As {@link #fromCommonMark(String, Function, Predicate, Predicate)} where any name may exist on the target. */
    public String fromCommonMark(String text, Function<String, String> resolver) {
        return fromCommonMark(text, resolver, name -> true, name -> true);
    }

    /**
     * Writes references as Mattermost writes them; all else stays byte for byte, but for skin tones and the signs of literal
     * names.
     *
     * @param resolver from a reference ({@code caravan:user/U1}) to what is to be written ({@code @alice}); null where
     *     unresolved: then a message becomes a link to its original address, any other its label
     * @param isUser whether a literal {@code @name} would be read as a mention
     * @param isChannel whether a literal {@code ~name} would be
     */
    public String fromCommonMark(
            String text, Function<String, String> resolver, Predicate<String> isUser, Predicate<String> isChannel) {
        boolean nothingToDo = text.indexOf('@') < 0
                && text.indexOf('~') < 0
                && !References.mayHoldAny(text)
                && !text.contains("::skin-tone-");
        return nothingToDo ? text : new MattermostWriter(resolver, isUser, isChannel).write(text);
    }

    /**
     * Canonical text of a Mattermost message: {@code @alice} becomes <code>[@alice](caravan:user/alice)</code>, {@code ~chan}
     * <code>[~chan](caravan:channel/chan)</code>; {@code @here}, {@code @channel} and {@code @all} the reserved groups.
     *
     * @param isUser whether a lower-case user name exists
     * @param isChannel whether a lower-case channel name exists
     */
    public String toCommonMark(String text, Predicate<String> isUser, Predicate<String> isChannel) {
        return isNormal(text) ? text : new MattermostReader(isUser, isChannel).read(text);
    }

    /**
     * The text as it comes back from Mattermost: references in the form {@link #toCommonMark} gives them, literal text in normal
     * form. For every canonical {@code t} and a resolver whose names exist,
     * {@code normalise(t, r)} equals {@code toCommonMark(fromCommonMark(t, r), isUser, isChannel)}.
     */
    public String normalise(String canonicalText, Function<String, String> resolver) {
        return isNormal(canonicalText) && !References.mayHoldAny(canonicalText)
                ? canonicalText
                : new CanonicalNormaliser(resolver).normalise(canonicalText);
    }

    /** The name of a reaction, or of a custom emoji: at most 64 characters of {@code [A-Za-z0-9+_-]}. */
    public String reaction(String slackName) {
        return EmojiNames.toMattermost(slackName);
    }

    private static boolean isNormal(String text) {
        return text.indexOf('@') < 0 && text.indexOf('~') < 0 && !text.contains("&#") && !text.contains("skin");
    }
}
