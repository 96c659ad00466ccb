package dev.caravan.connector.slack;

/** The lists a Slack export keeps of its conversations, in the order in which one wins over another. */
enum ConversationList {
    CHANNELS("channels.json", false),
    GROUPS("groups.json", false),
    MPIMS("mpims.json", false),
    DMS("dms.json", true),
    /** No list: conversations of which only the folder is there; {@link UnlistedFolder} says where they would stand. */
    FOLDERS(null, true);

    private final String file;
    private final boolean folderIsId;

    ConversationList(String file, boolean folderIsId) {
        this.file = file;
        this.folderIsId = folderIsId;
    }

    String file() {
        return file;
    }

    /** Whether the folder of messages bears the conversation's id rather than its name. */
    boolean folderIsId() {
        return folderIsId;
    }

    /** For mappings. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    static boolean isFile(String name) {
        for (var list : values()) {
            if (name.equals(list.file)) {
                return true;
            }
        }
        return false;
    }
}
