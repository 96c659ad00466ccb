package dev.caravan.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

import dev.caravan.model.Refusal;
import dev.caravan.model.Sha256;

/**
 * Tells whether a refused record was met before: hash of kind, part, conversation, source id (or, without one, entry and
 * index) and content. The same place with other bytes is another letter.
 *
 * @param value SHA-256, in hexadecimal
 */
public record LetterIdentity(String value) {

    public static LetterIdentity of(Refusal refusal) {
        return of(refusal, Sha256.of(refusal.raw()));
    }

    static LetterIdentity of(Refusal refusal, byte[] contentHash) {
        var digest = Sha256.digest();
        digest.update((byte) Coded.ofKind(refusal.kind()));
        add(digest, refusal.part());
        add(digest, refusal.conversation());
        add(digest, refusal.sourceId());
        if (refusal.sourceId() == null && refusal.origin() != null) {
            add(digest, refusal.origin().entry());
            digest.update(ByteBuffer.allocate(Long.BYTES)
                    .putLong(refusal.origin().index())
                    .array());
        }
        digest.update(contentHash);
        return new LetterIdentity(HexFormat.of().formatHex(digest.digest()));
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(value);
    }

    static LetterIdentity of(byte[] bytes) {
        return new LetterIdentity(HexFormat.of().formatHex(bytes));
    }

    /** With its length in front, so that no two lists of fields run into the same bytes. */
    private static void add(MessageDigest digest, String field) {
        var bytes = field == null ? null : field.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(bytes == null ? -1 : bytes.length)
                .array());
        if (bytes != null) {
            digest.update(bytes);
        }
    }
}
