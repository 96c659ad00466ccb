package dev.caravan.connector.mattermost;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.transform.link.TargetText;
import dev.caravan.transform.text.EmojiNames;
import dev.caravan.transform.text.MattermostMarkup;
import jakarta.enterprise.context.ApplicationScoped;

/** What Mattermost makes of texts, names of emoji and long names, and which of its rules lose something. */
@ApplicationScoped
public class MattermostTargetText implements TargetText {

    private static final int MAX_NAME = 64;

    private final MattermostMarkup markup = new MattermostMarkup();

    @Override
    public String sinkKind() {
        return MattermostNames.SINK;
    }

    @Override
    public String comparable(String canonicalText, JsonNode links) {
        return links.isMissingNode() ? canonicalText : markup.normalise(canonicalText, new LinkNames(links)::show);
    }

    @Override
    public String reaction(String emoji) {
        return EmojiNames.toMattermost(emoji);
    }

    @Override
    public String personName(String displayName) {
        return displayName.codePointCount(0, displayName.length()) <= MAX_NAME
                ? displayName
                : displayName.substring(0, displayName.offsetByCodePoints(0, MAX_NAME));
    }

    @Override
    public String editedAfterImport() {
        return MattermostRule.EDITED_AFTER_IMPORT.id();
    }

    @Override
    public Map<String, Double> lossyRules() {
        return MattermostRule.ceilings();
    }
}
