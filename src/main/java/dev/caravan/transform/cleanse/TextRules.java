package dev.caravan.transform.cleanse;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.caravan.model.Item;

/**
 * The checks of text on every string of a record, in one pass: what is plain ASCII is looked at once and nothing is
 * copied. Texts that were misread come first, for their bytes look like control characters.
 */
final class TextRules implements Step {

    /** Behind the rule's id: what it leaves as it is. */
    private static final String SUSPECTED = "-suspected";

    private final Rule byteOrderMark;
    private final Rule mojibake;
    private final Rule controls;
    private final Rule surrogates;
    private final Rule nonCharacters;
    private final boolean refusesLossy;
    private final Mojibake misreadings = new Mojibake();

    /** @param rules those of the text, at most one a check */
    TextRules(List<Rule> rules) {
        byteOrderMark = find(rules, Check.BYTE_ORDER_MARK);
        mojibake = find(rules, Check.MOJIBAKE);
        refusesLossy = mojibake != null && refusesLossy(mojibake);
        controls = find(rules, Check.CONTROL_CHARACTERS);
        surrogates = find(rules, Check.LONE_SURROGATES);
        nonCharacters = find(rules, Check.NON_CHARACTERS);
    }

    private static Rule find(List<Rule> rules, Check check) {
        return rules.stream().filter(rule -> rule.check() == check).findFirst().orElse(null);
    }

    /** Unless the operator would rather have it as it is. */
    static boolean refusesLossy(Rule rule) {
        var settings = Settings.of(rule);
        return !settings.has("lossy")
                || settings.word("lossy", List.of("keep", "refuse")).equals("refuse");
    }

    /** What the reader added to the record is not in its bytes, so that is looked at by itself. */
    boolean sparedBy(Item item) {
        return PlainJson.proves(item.raw()) && clean(item.source().path(Item.CONTEXT));
    }

    @Override
    public JsonNode apply(JsonNode tree, Notes notes) {
        return clean(tree) ? tree : rewrite(tree, "", notes);
    }

    private boolean clean(JsonNode node) {
        if (node.isTextual()) {
            return clean(node.textValue());
        }
        if (node.isContainerNode()) {
            for (var child : node) {
                if (!clean(child)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean clean(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if ((c < 0x20 && c != '\n' && c != '\t') || c >= 0x7f) {
                return c >= 0x80 && cleanFrom(text, i);
            }
        }
        return true;
    }

    /** The rest of a text that is not ASCII: valid ones of any language answer true here, nearly always. */
    private boolean cleanFrom(String text, int first) {
        int length = text.length();
        for (int i = first; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x7f ? c < 0x20 && c != '\n' && c != '\t' : c < 0xa0) {
                return false;
            }
            if (c >= 0xd800) {
                if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                    if (nonCharacter(text.codePointAt(i))) {
                        return false;
                    }
                    i++;
                } else if (c < 0xe000 || nonCharacter(c) || c == 0xfffd || (c == 0xfeff && i == 0)) {
                    return false;
                }
            }
        }
        return mojibake == null || !misreadings.suspects(text, first);
    }

    private static boolean nonCharacter(int codePoint) {
        return (codePoint & 0xfffe) == 0xfffe || (codePoint >= 0xfdd0 && codePoint <= 0xfdef);
    }

    private JsonNode rewrite(JsonNode node, String pointer, Notes notes) {
        if (node.isTextual()) {
            var text = node.textValue();
            var mended = clean(text) ? text : mend(text, pointer, notes);
            return mended.equals(text) ? node : new TextNode(mended);
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = null;
            for (var field : object.properties()) {
                var key = field.getKey();
                var changed = rewrite(field.getValue(), pointer + "/" + key, notes);
                if (changed != field.getValue()) {
                    copy = copy == null ? Field.copy(object) : copy;
                    copy.set(key, changed);
                }
            }
            return copy == null ? node : copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = null;
            for (int i = 0; i < array.size(); i++) {
                var changed = rewrite(array.get(i), pointer + "/" + i, notes);
                if (changed != array.get(i)) {
                    copy = copy == null ? array.arrayNode(array.size()).addAll(array) : copy;
                    copy.set(i, changed);
                }
            }
            return copy == null ? node : copy;
        }
        return node;
    }

    private String mend(String original, String pointer, Notes notes) {
        var text = original;
        if (byteOrderMark != null && text.charAt(0) == '\ufeff') {
            text = done(byteOrderMark, text, text.substring(1), pointer, notes);
        }
        boolean keepHighControls = false;
        if (mojibake != null) {
            var verdict = misreadings.judge(text);
            if (verdict.repaired() != null) {
                text = done(mojibake, text, verdict.repaired(), pointer, notes);
            } else if (verdict.proposal() != null && refusesLossy) {
                notes.propose(pointer, verdict.proposal());
                notes.refuse(mojibake, "mojibake-lossy", pointer);
            } else if (verdict.suspicious() || text.indexOf('\ufffd') >= 0) {
                notes.found(mojibake.id() + SUSPECTED, pointer + " left as it is");
                keepHighControls = verdict.suspicious();
            }
        }
        if (controls != null) {
            text = done(controls, text, withoutControls(text, keepHighControls), pointer, notes);
        }
        if (surrogates != null) {
            text = done(surrogates, text, withoutLoneSurrogates(text), pointer, notes);
        }
        if (nonCharacters != null) {
            text = done(nonCharacters, text, withoutNonCharacters(text), pointer, notes);
        }
        return text;
    }

    private static String done(Rule rule, String before, String after, String pointer, Notes notes) {
        if (before.equals(after)) {
            return before;
        }
        if (rule.action() == Action.REFUSE) {
            notes.refuse(rule, rule.check().word(), pointer);
            return before;
        }
        notes.found(rule, pointer + " was " + Notes.hash(before));
        return after;
    }

    /** A carriage return ends a line, alone or before a newline; the rest of the controls is dropped. */
    private static String withoutControls(String text, boolean keepHigh) {
        var kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                if (i + 1 == text.length() || text.charAt(i + 1) != '\n') {
                    kept.append('\n');
                }
            } else if (c == '\n' || c == '\t' || !Character.isISOControl(c) || (keepHigh && c >= 0x80)) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    private static String withoutLoneSurrogates(String text) {
        var kept = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> kept.appendCodePoint(
                        c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c));
        return kept.toString();
    }

    private static String withoutNonCharacters(String text) {
        var kept = new StringBuilder(text.length());
        text.codePoints().filter(c -> !nonCharacter(c)).forEach(kept::appendCodePoint);
        return kept.toString();
    }
}
