package dev.caravan.migration.letters;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What somebody did about a dead letter, for another migration of the same source. It fits where the record is the same: same
 * place, same bytes.
 *
 * @param identity of the letter, the same in every ledger
 * @param hash SHA-256 of the bytes as read
 * @param place archive entry and index, for people
 * @param record what the letter was mended to, when that is UTF-8
 * @param bytes the same in Base64 otherwise
 * @param waived why it was waived; null for one that was mended
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Correction(
        String identity,
        String hash,
        String kind,
        String sourceId,
        String conversation,
        String place,
        String record,
        byte[] bytes,
        String waived) {}
