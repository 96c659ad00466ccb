package dev.caravan.migration.people;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.caravan.migration.IdentityMapFiles;
import dev.caravan.migration.Settings;
import dev.caravan.model.Problem;
import dev.caravan.transform.link.IdentityMaps;
import dev.caravan.transform.link.TargetNames;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The user map as a file that grows entry by entry. A run keeps the map it started with; what is written here serves the next
 * one, and the next replay. Whatever else stands in the file, other columns too, stays.
 */
@ApplicationScoped
public class UserMap {

    private static final List<String> COLUMNS = List.of("source", "username", "email", "auth_service", "auth_data");
    private static final String SOURCE = "source";
    private static final CsvMapper CSV = new CsvMapper();

    private final Settings settings;
    private final List<TargetNames> names;

    public UserMap(Settings settings, @All List<TargetNames> names) {
        this.settings = settings;
        this.names = names;
    }

    /**
     * @param source id, e-mail address or name of a person at the source
     * @param username on the target
     * @param email empty, as the others, where the source's own holds
     */
    public record Entry(
            String source,
            String username,
            String email,
            @JsonProperty("auth_service") String authService,
            @JsonProperty("auth_data") String authData) {

        public static Entry of(String source, String username, String email) {
            return new Entry(source, username, email, "", "");
        }

        Map<String, String> columns() {
            var row = new LinkedHashMap<String, String>();
            row.put(SOURCE, source);
            row.put("username", username);
            row.put("email", email);
            row.put("auth_service", authService);
            row.put("auth_data", authData);
            return row;
        }

        private Entry tidy() {
            return new Entry(
                    tidy(source),
                    tidy(username).toLowerCase(Locale.ROOT),
                    tidy(email),
                    tidy(authService),
                    tidy(authData));
        }

        private static String tidy(String text) {
            return text == null ? "" : text.strip();
        }
    }

    /** Where it is, or will be with its first entry: the one that is set, else in the work directory. */
    public Path file() {
        return settings.userMap().orElseGet(() -> IdentityMapFiles.ownUserMap(settings));
    }

    /** @throws Problem CRV-210 to 213 when it cannot be read */
    public List<Entry> entries() {
        return Files.exists(file()) ? rows().stream().map(UserMap::entry).toList() : List.of();
    }

    /**
     * Puts entries in, each in the place of the one for the same source.
     *
     * @return those that were there before
     * @throws Problem CRV-210 to 214 for a map that is, or would be, unusable, 646 when it cannot be written, 647 for an entry
     *     without source or user name
     */
    public synchronized List<Entry> put(Collection<Entry> given) {
        var entries = given.stream().map(Entry::tidy).toList();
        entries.forEach(this::require);
        IdentityMapFiles.read(settings);
        var rows = rows();
        var before = new ArrayList<Entry>();
        for (var entry : entries) {
            var known = rows.stream()
                    .filter(row -> row.get(SOURCE).strip().equalsIgnoreCase(entry.source()))
                    .findFirst();
            known.map(UserMap::entry).ifPresent(before::add);
            known.ifPresentOrElse(
                    row -> row.putAll(entry.columns()), () -> rows.add(new LinkedHashMap<>(entry.columns())));
        }
        write(rows);
        return before;
    }

    /** The entry for a source, as it stands. */
    public Optional<Entry> find(String source) {
        return entries().stream()
                .filter(entry -> entry.source().equalsIgnoreCase(source.strip()))
                .findFirst();
    }

    /** Whether the target takes a user name as it is. */
    boolean takes(String username) {
        try {
            require(Entry.of("anybody", username, ""));
            return true;
        } catch (Problem other) {
            return false;
        }
    }

    /** @throws Problem CRV-214, 647 for an entry that serves nothing */
    void require(Entry entry) {
        if (entry.source().isEmpty()
                || entry.username().isEmpty()
                || entry.columns().values().stream()
                        .anyMatch(value -> value.chars().anyMatch(Character::isISOControl))) {
            throw new Problem("CRV-647");
        }
        var map = new IdentityMaps(
                Map.of(
                        entry.source(),
                        new IdentityMaps.MappedUser(
                                entry.username(), entry.email(), entry.authService(), entry.authData())),
                Map.of());
        map.requireValid(names.stream()
                .filter(one -> one.sinkKind().equals(settings.sink().kind()))
                .findFirst()
                .orElse(TargetNames.SOURCE_IDS));
    }

    private List<Map<String, String>> rows() {
        var all = new ArrayList<Map<String, String>>();
        if (!Files.exists(file())) {
            return all;
        }
        try (MappingIterator<Map<String, String>> lines = CSV.readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(IdentityMapFiles.text(file()))) {
            lines.forEachRemaining(row -> all.add(new LinkedHashMap<>(row)));
        } catch (IOException unreadable) {
            throw new Problem(unreadable, "CRV-213", file(), unreadable.getMessage());
        }
        return all;
    }

    private static Entry entry(Map<String, String> row) {
        return new Entry(
                        row.get(SOURCE),
                        row.get("username"),
                        row.get("email"),
                        row.get("auth_service"),
                        row.get("auth_data"))
                .tidy();
    }

    /** Whole or not at all: a reader never meets half a map. */
    private void write(List<Map<String, String>> rows) {
        Set<String> columns = new LinkedHashSet<>(COLUMNS);
        rows.forEach(row -> columns.addAll(row.keySet()));
        var schema = CsvSchema.builder();
        columns.forEach(schema::addColumn);
        var file = file();
        var half = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(
                    half, CSV.writer(schema.build().withHeader()).writeValueAsString(rows), StandardCharsets.UTF_8);
            keepPermissions(file, half);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException denied) {
            throw new Problem(denied, "CRV-646", file, denied.getMessage());
        }
    }

    private static void keepPermissions(Path from, Path to) throws IOException {
        if (Files.exists(from) && Files.getFileAttributeView(to, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        }
    }
}
