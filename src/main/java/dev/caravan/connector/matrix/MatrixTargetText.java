package dev.caravan.connector.matrix;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.transform.link.TargetText;
import jakarta.enterprise.context.ApplicationScoped;

/** What Matrix makes of texts and names of emoji, and which of its rules lose something. */
@ApplicationScoped
public class MatrixTargetText implements TargetText {

    @Override
    public String sinkKind() {
        return MatrixNames.SINK;
    }

    @Override
    public String comparable(String canonicalText, JsonNode links) {
        return links.isMissingNode() ? canonicalText : MatrixText.comparable(canonicalText, links);
    }

    @Override
    public String reaction(String emoji) {
        return EmojiKeys.key(emoji);
    }

    @Override
    public Map<String, Double> lossyRules() {
        return MatrixRule.ceilings();
    }
}
