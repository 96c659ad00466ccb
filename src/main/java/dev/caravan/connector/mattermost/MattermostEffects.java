package dev.caravan.connector.mattermost;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.caravan.transform.mapping.TargetRules;
import jakarta.enterprise.context.ApplicationScoped;

/** What each {@link MattermostRule} costs. */
@ApplicationScoped
public class MattermostEffects implements TargetRules {

    @Override
    public String sinkKind() {
        return MattermostNames.SINK;
    }

    @Override
    public Map<String, Effect> effects() {
        var effects = new TreeMap<String, Effect>();
        for (MattermostRule rule : MattermostRule.values()) {
            effects.put(rule.id(), effect(rule));
        }
        return effects;
    }

    @Override
    public Optional<String> inventedEmail() {
        return Optional.of(MattermostRule.EMAIL_INVENTED.id());
    }

    @Override
    public void requireValid(Map<String, String> settings) {
        new SealSettings(settings.getOrDefault("team", ""), null, false, null, 0, null);
    }

    private static Effect effect(MattermostRule rule) {
        return switch (rule) {
            case SELF_DIRECT,
                    BROADCAST_COPY,
                    EDIT_TIME,
                    PINNED,
                    REACTION_TIME,
                    ME,
                    BOT_ALIAS,
                    CARDS,
                    FILE_PATH,
                    GUEST_ROLES,
                    BOT_OWNER,
                    NOTHING_UNREAD,
                    NO_USER_AGAIN,
                    ALL_ATTACHMENTS_AGAIN -> Effect.KEPT;
            case USER_NAME,
                    CHANNEL_NAME,
                    GROUP_TO_PRIVATE,
                    ONE_LINE_PER_MEMBER_SET,
                    TEXT_SPLIT,
                    ATTACHMENTS_OVERFLOW,
                    EMOJI_NAME,
                    SYSTEM_POST,
                    EMAIL_INVENTED,
                    FIELD_CUT,
                    PLACEHOLDER_DEACTIVATED,
                    UNIQUE_TIME,
                    FROZEN_TIME,
                    THREAD_TOO_LONG,
                    REPLY_WITHOUT_ROOT,
                    PEOPLE_MERGED,
                    EMAIL_TWICE -> Effect.DEGRADED;
            case REACTION_MERGED,
                    REACTIONS_CUT,
                    EMOJI_WITHOUT_IMAGE,
                    CARDS_TOO_LARGE,
                    FILE_WITHOUT_BYTES,
                    LINE_ORDER,
                    EDITED_AFTER_IMPORT,
                    MEMBERSHIP_AFTER_IMPORT -> Effect.DROPPED;
        };
    }
}
