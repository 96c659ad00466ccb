package dev.caravan.connector.slack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import dev.caravan.model.Problem;

/** What a downloader without the right scope is given in place of a file, with status 200: the page that asks to sign in. */
final class WebPage {

    private static final int BEGINNING = 512;
    private static final Pattern PAGE = Pattern.compile("\\s*<(!doctype\\s+html|html)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern MAY_BE_ONE = Pattern.compile("text/.*|.*(html|xml).*", Pattern.CASE_INSENSITIVE);

    private WebPage() {}

    /** @param mediaType of the file that was promised; of one without nothing is known */
    static boolean insteadOf(String mediaType, Path file) {
        if (mediaType.isEmpty() || MAY_BE_ONE.matcher(mediaType).matches()) {
            return false;
        }
        try (var in = Files.newInputStream(file)) {
            var beginning = new String(in.readNBytes(BEGINNING), StandardCharsets.ISO_8859_1);
            return PAGE.matcher(beginning).lookingAt();
        } catch (IOException e) {
            throw new Problem(e, "CRV-115", file);
        }
    }
}
