package dev.caravan.connector.agora;

import java.util.Locale;

/**
 * What the sink relies on, for {@code check} and {@code probe} to print: the vendor's documented rules, and what nobody has
 * proven because the documents are silent or contradict each other. Its words have the key {@link #wordsKey()}.
 */
enum ServerRule {
    /** Registration: at most 60 people a call, each with a result of their own. */
    USERS_A_CALL(true, false),
    /** User ids: {@code [a-z0-9_.-]}, at most 64 bytes. */
    USER_IDS(true, false),
    /** At most 60 members a call; the owner is not among them; everybody has to be registered. */
    MEMBERS_A_CALL(true, false),
    /** The server gives groups their ids and the time they were made; neither can be set. */
    GROUP_IDS(true, false),
    /** One message a call, with its time in milliseconds. */
    ONE_MESSAGE_A_CALL(true, false),
    /** Body and ext of a message: at most 5 KB; we count bytes of JSON and stop at 5,000. */
    MESSAGE_SIZE(true, false),
    /** Each message of a conversation is later than the one imported before. */
    RISING_TIMES(true, true),
    /** Files: 10 MB each unless the console says more. */
    FILE_SIZE(true, false),
    /** Files are forgotten after 7 days unless the plan says otherwise. */
    FILE_LIFE(true, false),
    /** Messages older than the plan's history cannot be read by anybody. */
    RETENTION(true, false),
    /** An import has no key: one that is sent twice may be there twice. */
    NO_KEY(true, false),
    /** Group messages have to be later than the group: what becomes of older ones. */
    GROUP_HISTORY(false, true),
    /** The two directions of a one-to-one conversation share one stream of rising times. */
    ONE_STREAM_A_PAIR(false, true),
    /** A message for a group that is not there is taken without an error. */
    GHOST_GROUPS(false, true),
    /** One who is a member already fails the whole call that adds members. */
    ALREADY_A_MEMBER(false, true),
    /** Imported messages can be recalled. */
    RECALL(false, true),
    /** The age of an imported message counts from its own time, not from the import. */
    AGE(false, false),
    /** Members see what was said before they joined only if the app is configured so. */
    BEFORE_JOINING(false, false),
    /** Imported messages stand in the hourly files of the message history. */
    HISTORY_FILES(false, false),
    /** The shape of an import: type and body, as all documents say; the vendor's Java SDK sends another. */
    IMPORT_SHAPE(false, true);

    private final boolean proven;
    private final boolean tried;

    ServerRule(boolean proven, boolean tried) {
        this.proven = proven;
        this.tried = tried;
    }

    /** {@code group-history}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the vendor's documents state it. */
    boolean proven() {
        return proven;
    }

    /** Whether {@link AgoraProbe} tries it. */
    boolean tried() {
        return tried;
    }

    String wordsKey() {
        return "agora.rule." + id();
    }
}
