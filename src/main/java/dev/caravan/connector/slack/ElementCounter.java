package dev.caravan.connector.slack;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.caravan.model.Problem;

/**
 * Counts messages a second time, for verification, on purpose with nothing of what reads them: the zip front to back, the
 * JSON by Jackson's token stream. Bytes are taken for Latin-1, so that a record in another encoding counts as one, too.
 */
public final class ElementCounter {

    private static final String JSON = ".json";

    /** Lenient: what a record is made of is not counted. */
    private final JsonFactory json = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    /** Told each day file of an archive, in the archive's order. */
    public interface Visitor {
        /**
         * @param folder name of the conversation's folder
         * @param elements of the array, up to where it is broken
         * @param broken whether the file is damaged or no JSON array from somewhere on
         */
        void count(String folder, LocalDate day, long elements, boolean broken);
    }

    /** @throws Problem CRV-115 when the archive itself cannot be read to its end */
    public void count(Path archive, Visitor visitor) {
        try (var zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var name = entry.getName();
                int slash = name.indexOf('/');
                int day = slash < 0 ? -1 : DayFiles.dayOf(name.substring(slash + 1));
                if (day >= 0 && name.endsWith(JSON)) {
                    count(zip, name.substring(0, slash), LocalDate.ofEpochDay(day), visitor);
                }
            }
        } catch (IOException e) {
            throw new Problem(e, "CRV-115", archive.getFileName());
        }
    }

    private void count(ZipInputStream zip, String folder, LocalDate day, Visitor visitor) throws IOException {
        long elements = 0;
        boolean broken = false;
        var entry = new Unclosed(zip);
        try (var parser = json.createParser(new InputStreamReader(entry, StandardCharsets.ISO_8859_1))) {
            broken = parser.nextToken() != JsonToken.START_ARRAY;
            while (!broken && parser.nextToken() != JsonToken.END_ARRAY) {
                broken = parser.currentToken() == null || !skipElement(parser);
                elements += broken ? 0 : 1;
            }
            broken |= !broken && parser.nextToken() != null;
        } catch (JsonProcessingException e) {
            broken = true;
        } catch (ZipException e) {
            broken = true;
        }
        visitor.count(folder, day, elements, !entry.drain() | broken);
    }

    private static boolean skipElement(JsonParser parser) throws IOException {
        parser.skipChildren();
        return parser.currentToken() != null;
    }

    /** Keeps the parser from closing the archive. */
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        /** Reads to the end, so that the checksum is checked; false when it is wrong. */
        boolean drain() throws IOException {
            try {
                in.transferTo(java.io.OutputStream.nullOutputStream());
                return true;
            } catch (ZipException e) {
                return false;
            }
        }

        @Override
        public void close() {
            // The archive goes on with its next entry.
        }
    }
}
