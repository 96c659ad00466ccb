package dev.caravan.connector.agora;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.transform.link.TargetText;
import jakarta.enterprise.context.ApplicationScoped;

/** What Agora Chat makes of texts and nicknames, and which of its rules lose something. */
@ApplicationScoped
public class AgoraTargetText implements TargetText {

    /** Characters of a nickname. */
    static final int MAX_NICKNAME = 64;

    @Override
    public String sinkKind() {
        return AgoraNames.SINK;
    }

    @Override
    public String comparable(String canonicalText, JsonNode links) {
        return PlainText.of(canonicalText);
    }

    @Override
    public String reaction(String emoji) {
        return emoji;
    }

    @Override
    public String personName(String displayName) {
        if (displayName.length() <= MAX_NICKNAME) {
            return displayName;
        }
        boolean half = Character.isHighSurrogate(displayName.charAt(MAX_NICKNAME - 1));
        return displayName.substring(0, half ? MAX_NICKNAME - 1 : MAX_NICKNAME);
    }

    @Override
    public Map<String, Double> lossyRules() {
        return AgoraRule.ceilings();
    }
}
