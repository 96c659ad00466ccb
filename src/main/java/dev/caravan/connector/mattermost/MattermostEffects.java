package dev.caravan.connector.mattermost;

import java.nio.file.Path;
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
        new SealSettings(
                settings.getOrDefault("team", ""),
                settings.get("team-display-name"),
                false,
                null,
                0,
                settings.get("email-domain"));
    }

    @Override
    public Optional<Advice> advice(Path sealed) {
        return PackageSize.of(sealed).map(PackageSize::advice);
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
                    ALL_ATTACHMENTS_AGAIN,
                    EMOJI_ALIAS -> Effect.KEPT;
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
                    EMAIL_TWICE,
                    EMAIL_INVALID,
                    AUTH_DATA_TOO_LONG,
                    GROUP_MENTION -> Effect.DEGRADED;
            case REACTION_MERGED,
                    REACTIONS_CUT,
                    EMOJI_WITHOUT_IMAGE,
                    EMOJI_OF_THE_SYSTEM,
                    PROFILE_LEFT_OUT,
                    LOCALE_LEFT_OUT,
                    ORIGIN_LEFT_OUT,
                    BUTTONS_LEFT_OUT,
                    CARDS_TOO_LARGE,
                    FILE_WITHOUT_BYTES,
                    LINE_ORDER,
                    EDITED_AFTER_IMPORT,
                    MEMBERSHIP_AFTER_IMPORT,
                    MEMBERSHIPS_CUT -> Effect.DROPPED;
        };
    }
}
