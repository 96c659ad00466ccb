package dev.caravan.connector.mattermost;

/**
 * Ids for posts, which have none in a package: from what Mattermost itself tells them apart by - create_at, message and
 * root inside a channel - and the author.
 */
final class PostIds {

    private PostIds() {}

    /** @param root create_at of the root, 0 for a root */
    static String of(long createAt, String user, String message, long root) {
        return createAt + "-" + Digests.hash8(root + "\n" + user + "\n" + message);
    }
}
