package dev.caravan.agora;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Files: multipart forms with one field, {@code file}. */
final class StubFiles {

    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final Pattern NAME = Pattern.compile("filename=\"([^\"]*)\"");

    final Map<String, Stored> files = new TreeMap<>();
    int largest = 10 * 1024 * 1024;

    record Stored(String secret, String name, byte[] bytes) {
        String sha256() {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    void reset() {
        files.clear();
        largest = 10 * 1024 * 1024;
    }

    ObjectNode store(byte[] form, String contentType) {
        Matcher boundary = BOUNDARY.matcher(contentType == null ? "" : contentType);
        if (contentType == null || !contentType.startsWith("multipart/form-data") || !boundary.find()) {
            throw new Denied(415, "web_application", "Unsupported Media Type");
        }
        // ISO 8859-1 keeps every byte as one character
        var text = new String(form, StandardCharsets.ISO_8859_1);
        int head = text.indexOf("\r\n\r\n");
        int end = text.lastIndexOf("\r\n--" + boundary.group(1) + "--");
        var header = head < 0 ? "" : text.substring(0, head);
        if (head < 0
                || end < head + 4
                || !header.contains("name=\"file\"")
                || !header.startsWith("--" + boundary.group(1))) {
            throw new Denied(400, "web_application", "file must be provided");
        }
        byte[] bytes = Arrays.copyOfRange(form, head + 4, end);
        if (bytes.length > largest) {
            throw new Denied(413, "web_application", "file exceeding maximum limit");
        }
        Matcher name = NAME.matcher(new String(header.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        var id = UUID.randomUUID().toString();
        var secret = "S" + UUID.randomUUID().toString().substring(0, 8);
        files.put(id, new Stored(secret, name.find() ? name.group(1) : "", bytes));
        var answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("entities")
                .addObject()
                .put("uuid", id)
                .put("type", "chatfile")
                .put("share-secret", secret);
        return answer;
    }

    byte[] read(String id, String secret) {
        var stored = files.get(id);
        if (stored == null) {
            throw new Denied(404, "file_expired", "chatfile not found");
        }
        if (!stored.secret().equals(secret)) {
            throw new Denied(401, "unauthorized", "share-secret is wrong");
        }
        return stored.bytes();
    }
}
