package dev.caravan.migration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.caravan.model.Problem;
import dev.caravan.transform.link.IdentityMaps;
import dev.caravan.transform.link.IdentityMaps.MappedUser;

/**
 * Reads the user map ({@code source,username,email,auth_service,auth_data}) and the channel map ({@code source,target}):
 * CSV with a header line, UTF-8 with or without byte order mark. {@code source} is an id, an e-mail address or a name.
 */
public final class IdentityMapFiles {

    private static final CsvMapper CSV = new CsvMapper();
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private IdentityMapFiles() {}

    /** The user map a console makes where none is set: it serves as soon as it is there. */
    public static Path ownUserMap(Settings settings) {
        return settings.workDir().resolve("user-map.csv");
    }

    /** The user map that serves. */
    static Optional<Path> userMap(Settings settings) {
        return settings.userMap().or(() -> Optional.of(ownUserMap(settings)).filter(Files::exists));
    }

    /** @throws Problem CRV-210 to 213 for a map that cannot be read */
    public static IdentityMaps read(Settings settings) {
        return new IdentityMaps(
                userMap(settings)
                        .map(file -> read(file, List.of("source", "username"), IdentityMapFiles::user))
                        .orElse(Map.of()),
                settings.channelMap()
                        .map(file -> read(file, List.of("source", "target"), row -> row.get("target")
                                .trim()))
                        .orElse(Map.of()));
    }

    private static MappedUser user(Map<String, String> row) {
        return new MappedUser(
                value(row, "username").toLowerCase(Locale.ROOT),
                value(row, "email"),
                value(row, "auth_service"),
                value(row, "auth_data"));
    }

    private static String value(Map<String, String> row, String column) {
        return row.getOrDefault(column, "").trim();
    }

    private static <T> Map<String, T> read(Path file, List<String> required, Function<Map<String, String>, T> value) {
        var rows = new HashMap<String, T>();
        try (MappingIterator<Map<String, String>> lines = CSV.readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(text(file))) {
            while (lines.hasNext()) {
                var row = lines.next();
                for (String column : required) {
                    if (!row.containsKey(column)) {
                        throw new Problem("CRV-211", file, column);
                    }
                }
                var source = row.get("source").trim().toLowerCase(Locale.ROOT);
                if (rows.put(source, value.apply(row)) != null) {
                    throw new Problem(
                            "CRV-212", file, lines.getCurrentLocation().getLineNr() - 1, source);
                }
            }
        } catch (CharacterCodingException notUtf8) {
            throw new Problem("CRV-210", file);
        } catch (IOException unreadable) {
            throw new Problem(unreadable, "CRV-213", file, unreadable.getMessage());
        }
        return rows;
    }

    /** UTF-8, with or without byte order mark. */
    public static String text(Path file) throws IOException {
        var text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                .toString();
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
}
