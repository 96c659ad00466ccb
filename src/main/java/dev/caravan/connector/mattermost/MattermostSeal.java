package dev.caravan.connector.mattermost;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.util.HashSet;
import java.util.HexFormat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.caravan.model.Problem;
import dev.caravan.model.Sha256;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The sink's second half: builds the package from stage and ledger, in bounded memory and the same each time. People,
 * channels and paths of files are held by name, messages are not. Beside the package it needs room for the post lines,
 * uncompressed.
 */
@ApplicationScoped
public class MattermostSeal {

    static final String JSONL = "import.jsonl";
    static final String DATA = "data/";
    private static final int BUFFER = 1 << 18;

    private final ObjectMapper json = JsonMapper.builder().build();

    /**
     * @param workDir holds the stage
     * @param target name of the finished package; what is there is replaced at the end, at once
     * @throws Problem CRV-402 when the package cannot be written, CRV-403 when a file of the messages is gone
     */
    public void seal(SealSource source, SealSettings settings, Path workDir, Path target) {
        seal(source, settings, workDir, target, PostSpool.MAX_LINE);
    }

    void seal(SealSource source, SealSettings settings, Path workDir, Path target, int maxLine) {
        SealTimes.assign(source);
        var spools = new Spools(target);
        try (var stage = new StageReader(MattermostStage.folder(workDir))) {
            if (target.toAbsolutePath().getParent() != null) {
                Files.createDirectories(target.toAbsolutePath().getParent());
            }
            Totals totals;
            try (var channels = write(spools.channels);
                    var directs = write(spools.directs);
                    var files = write(spools.files)) {
                totals = new PostSpool(json, source, settings.team(), maxLine, channels, directs, files).write(stage);
            }
            try (var zip = new PackageZip(target, spools.zip, settings.level())) {
                var out = new BufferedOutputStream(zip.text(JSONL), BUFFER);
                try (var files = Files.newOutputStream(spools.files, StandardOpenOption.APPEND)) {
                    var head = new HeadLines(json, source, settings, stage, totals, out, files, maxLine);
                    head.write();
                    Files.copy(spools.channels, out);
                    head.directs();
                }
                Files.copy(spools.directs, out);
                out.flush();
                files(source, settings, spools.files, zip);
                zip.finish();
            }
        } catch (IOException e) {
            throw new Problem(e, "CRV-402", target, MattermostStage.reason(e));
        } finally {
            spools.delete();
        }
    }

    private void files(SealSource source, SealSettings settings, Path list, PackageZip zip) throws IOException {
        var done = new HashSet<String>();
        try (BufferedReader lines = Files.newBufferedReader(list);
                var given = new GivenFiles(settings.files())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode file = json.readTree(line);
                String path = file.path("path").asText();
                if (done.add(path)) {
                    copy(source, given, path, file.path("from").asText(), zip);
                }
            }
        }
    }

    private static void copy(SealSource source, GivenFiles given, String path, String from, PackageZip zip)
            throws IOException {
        var digest = Sha256.digest();
        try (var in = new DigestInputStream(new BufferedInputStream(given.open(from), BUFFER), digest)) {
            zip.file(DATA + path, in);
        }
        source.file(path, HexFormat.of().formatHex(digest.digest()), given.size(from));
    }

    private static OutputStream write(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
    }

    /** Beside the package, so that the last step is a rename. */
    private static final class Spools {
        private final Path channels;
        private final Path directs;
        private final Path files;
        private final Path zip;

        Spools(Path target) {
            channels = beside(target, ".posts");
            directs = beside(target, ".direct-posts");
            files = beside(target, ".files");
            zip = beside(target, ".part");
        }

        private static Path beside(Path target, String suffix) {
            return target.resolveSibling(target.getFileName() + suffix);
        }

        void delete() {
            for (Path file : new Path[] {channels, directs, files, zip}) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new Problem(e, "CRV-402", file, MattermostStage.reason(e));
                }
            }
        }
    }
}
