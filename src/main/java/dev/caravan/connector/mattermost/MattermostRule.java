package dev.caravan.connector.mattermost;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What Mattermost's bulk import demands and what we do to obey it. The source of each is the import guide ("Bulk loading
 * data") and the server's import validators, unless said otherwise. The id stands in findings and in the report.
 */
public enum MattermostRule {
    /** User names: {@code [a-z0-9._-]}, 1-64 bytes, not all, channel, matterbot, system. */
    USER_NAME("mattermost-user-name"),
    /** Channel names: lower-case letters, digits, - and _, 2-64 bytes, begins and ends with a letter or digit. */
    CHANNEL_NAME("mattermost-channel-name"),
    /** A group conversation holds at most 8 people (the server's ChannelGroupMaxUsers); a larger one becomes private. */
    GROUP_TO_PRIVATE("mattermost-group-to-private"),
    /** A member set has one conversation: one {@code direct_channel} line each. */
    ONE_LINE_PER_MEMBER_SET("mattermost-one-line-per-member-set"),
    /** A talk to oneself names the person twice. */
    SELF_DIRECT("mattermost-self-direct"),
    /** {@code message}: at most 16,383 characters (65,535 bytes / 4); the rest goes into replies, 1 ms apart. */
    TEXT_SPLIT("mattermost-text-split"),
    /** At most 10 attachments a post (its FileIds, as JSON, have 300 characters); the rest goes into replies. */
    ATTACHMENTS_OVERFLOW("mattermost-attachments-overflow"),
    /** A reply shown in the channel too: Mattermost has no such thing, the channel gets a copy. */
    BROADCAST_COPY("mattermost-broadcast-copy"),
    /** {@code edit_at}: the time of the last edit, ms. */
    EDIT_TIME("mattermost-edit-time"),
    /** {@code is_pinned}. */
    PINNED("mattermost-pinned"),
    /** A reaction needs a time, and one not before its post's. */
    REACTION_TIME("mattermost-reaction-time"),
    /** A reaction is the pair of person and emoji; two people merged into one leave one. */
    REACTION_MERGED("mattermost-reaction-merged"),
    /** Emoji names: {@code [A-Za-z0-9+_-]}, at most 64; skin tones are part of the name. */
    EMOJI_NAME("mattermost-emoji-name"),
    /** An emoji line needs a picture; without its bytes there is no line. */
    EMOJI_WITHOUT_IMAGE("mattermost-emoji-without-image"),
    /** Post type {@code me}: the text in asterisks, and plain in props.message (the server's own /me command). */
    ME("mattermost-me"),
    /** Joins, leaves and the like are plain posts: a {@code system_*} type would be shown from its props only. */
    SYSTEM_POST("mattermost-system-post"),
    /** props.from_webhook and override_username show a bot's name of the moment. */
    BOT_ALIAS("mattermost-bot-alias"),
    /** Framed content: props.attachments, as of message attachments. */
    CARDS("mattermost-cards"),
    /** props: at most 800,000 characters of JSON; cards beyond are left out. */
    CARDS_TOO_LARGE("mattermost-cards-too-large"),
    /** A file whose bytes we have not got leaves its name, size and the reason in props.attachments. */
    FILE_WITHOUT_BYTES("mattermost-file-without-bytes"),
    /** {@code attachments[].path}: under data/, without a way out of it, NFC. */
    FILE_PATH("mattermost-file-path"),
    /** An e-mail address is required: {@code <user name>@<domain>} where the source has none. */
    EMAIL_INVENTED("mattermost-email-invented"),
    /** Display names, first and last names 64, positions 128, headers 1,024, purposes 250 characters. */
    FIELD_CUT("mattermost-field-cut"),
    /** system_guest, team_guest and channel_guest go together everywhere. */
    GUEST_ROLES("mattermost-guest-roles"),
    /** A bot line names an owner. */
    BOT_OWNER("mattermost-bot-owner"),
    /** People whom no list names get a deactivated account. */
    PLACEHOLDER_DEACTIVATED("mattermost-placeholder-deactivated"),
    /** Inside a conversation every create_at is used once: post identity is (channel, create_at, message). */
    UNIQUE_TIME("mattermost-unique-time"),
    /** A create_at that was imported is never changed, or the post would be there twice. */
    FROZEN_TIME("mattermost-frozen-time"),
    /** A line is shorter than 16 MiB (the reader's buffer); a longer thread goes on under a root of its own. */
    THREAD_TOO_LONG("mattermost-thread-too-long"),
    /** A reply whose root is not in the package is a root. */
    REPLY_WITHOUT_ROOT("mattermost-reply-without-root"),
    /** version, emoji, team, channel, user, bot, post, direct_channel, direct_post: each reference is there before. */
    LINE_ORDER("mattermost-line-order"),
    /** msg_count, msg_count_root and last_viewed_at of every member, so that nothing is unread. */
    NOTHING_UNREAD("mattermost-nothing-unread"),
    /** A user line without credentials resets the password of an account that is there already. */
    NO_USER_AGAIN("mattermost-no-user-again"),
    /** Every pass repeats the whole attachment list: what is missing in it is deleted on the server. */
    ALL_ATTACHMENTS_AGAIN("mattermost-all-attachments-again"),
    /** An imported message is found by its text: edited, it would be there twice. It is repeated as it was imported. */
    EDITED_AFTER_IMPORT("mattermost-edited-after-import"),
    /** Channels of a person stand in the user line, which is not repeated: somebody has to add them by hand. */
    MEMBERSHIP_AFTER_IMPORT("mattermost-membership-after-import"),
    /** Several source people are one account: the first active one's profile, the highest of their roles. */
    PEOPLE_MERGED("mattermost-people-merged"),
    /** An e-mail address belongs to one account; whoever comes second gets one made of the user name. */
    EMAIL_TWICE("mattermost-email-twice"),
    /** {@code email}: at most 128 bytes, and one the server takes for an address; else one is made of the user name. */
    EMAIL_INVALID("mattermost-email-invalid"),
    /** {@code auth_data}: at most 128 bytes; else the address stands for it. */
    AUTH_DATA_TOO_LONG("mattermost-auth-data-too-long"),
    /** Telephone, time zone, status, picture and fields of the source's own have no place in a user line. */
    PROFILE_LEFT_OUT("mattermost-profile-left-out"),
    /** A language the server does not speak. */
    LOCALE_LEFT_OUT("mattermost-locale-left-out"),
    /** When and by whom a channel was made cannot be imported. */
    ORIGIN_LEFT_OUT("mattermost-origin-left-out"),
    /** Groups of people cannot be imported: a mention of one is plain text. */
    GROUP_MENTION("mattermost-group-mention"),
    /** Buttons and menus belong to an app that is not there. */
    BUTTONS_LEFT_OUT("mattermost-buttons-left-out"),
    /** A second name of an emoji becomes an emoji of its own, with the same picture. */
    EMOJI_ALIAS("mattermost-emoji-alias"),
    /** An emoji called like one of the server's own is refused by the import: the server's is shown. */
    EMOJI_OF_THE_SYSTEM("mattermost-emoji-of-the-system"),
    /** A line holds 16 MiB: of a post's reactions the first 50,000 are kept. */
    REACTIONS_CUT("mattermost-reactions-cut"),
    /** A line holds 16 MiB: of a person's channels as many as fit, about 140,000. */
    MEMBERSHIPS_CUT("mattermost-memberships-cut");

    private static final double CONTENT_CEILING = 0.05;
    private static final Set<MattermostRule> LOSES_CONTENT =
            EnumSet.of(CARDS_TOO_LARGE, FILE_WITHOUT_BYTES, FIELD_CUT, THREAD_TOO_LONG, EDITED_AFTER_IMPORT);
    private static final Set<MattermostRule> CHANGES_FORM = EnumSet.of(
            USER_NAME,
            CHANNEL_NAME,
            GROUP_TO_PRIVATE,
            TEXT_SPLIT,
            ATTACHMENTS_OVERFLOW,
            BROADCAST_COPY,
            REACTION_TIME,
            REACTION_MERGED,
            EMOJI_NAME,
            EMOJI_WITHOUT_IMAGE,
            SYSTEM_POST,
            CARDS,
            EMAIL_INVENTED,
            EMAIL_INVALID,
            AUTH_DATA_TOO_LONG,
            PROFILE_LEFT_OUT,
            LOCALE_LEFT_OUT,
            ORIGIN_LEFT_OUT,
            GROUP_MENTION,
            BUTTONS_LEFT_OUT,
            EMOJI_OF_THE_SYSTEM,
            PLACEHOLDER_DEACTIVATED,
            MEMBERSHIP_AFTER_IMPORT);

    private final String id;

    MattermostRule(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    /**
     * The rules that change or lose something of a record, each with the share of its kind's records that it may touch.
     * Rules that lose content are rare in a sound migration; the others may touch every record.
     */
    static Map<String, Double> ceilings() {
        var ceilings = new TreeMap<String, Double>();
        for (var rule : CHANGES_FORM) {
            ceilings.put(rule.id, 1.0);
        }
        for (var rule : LOSES_CONTENT) {
            ceilings.put(rule.id, CONTENT_CEILING);
        }
        return ceilings;
    }
}
