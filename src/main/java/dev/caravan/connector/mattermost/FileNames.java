package dev.caravan.connector.mattermost;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** Paths of attachments inside the package, below {@code data/} ({@link MattermostRule#FILE_PATH}). */
final class FileNames {

    static final String FOLDER = "bulk-export-attachments/";

    /** Bytes: what file systems take, less the id before the name. */
    private static final int MAX_NAME = 180;

    private static final int MAX_EXTENSION = 16;
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cf}/\\\\:*?\"<>|]+");
    private static final Pattern NOT_ID = Pattern.compile("[^A-Za-z0-9_-]+");

    private FileNames() {}

    static String path(String fileId, String name) {
        String id = NOT_ID.matcher(fileId).replaceAll("_");
        String unique = id.equals(fileId) && id.length() <= 60 ? id : Digests.hash8(fileId);
        return FOLDER + unique + "_" + safe(name);
    }

    static String safe(String name) {
        String clean = UNSAFE.matcher(Normalizer.normalize(name, Normalizer.Form.NFC))
                .replaceAll("_")
                .strip();
        int dot = clean.lastIndexOf('.');
        String extension = dot > 0 && clean.length() - dot <= MAX_EXTENSION ? clean.substring(dot) : "";
        String stem = clean.substring(0, clean.length() - extension.length());
        return (stem.isEmpty() ? "file" : cut(stem, MAX_NAME - bytes(extension))) + extension;
    }

    private static String cut(String text, int maxBytes) {
        int end = text.length();
        while (bytes(text.substring(0, end)) > maxBytes) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
