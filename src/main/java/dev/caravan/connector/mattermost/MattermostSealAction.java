package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import dev.caravan.ledger.SealRequest;
import dev.caravan.model.Problem;
import dev.caravan.model.Sha256;

/** What the Kamelet of the seal calls: builds the package of one ledger and enters it there. */
public class MattermostSealAction {

    private Path path;
    private String team;
    private String teamDisplayName;
    private boolean teamOpen;
    private Path files;
    private String sourceKind;
    private String sourcePath;
    private int compression = 1;
    private String emailDomain;

    public void setPath(String path) {
        this.path = Path.of(path);
    }

    public void setTeam(String team) {
        this.team = team;
    }

    public void setTeamDisplayName(String teamDisplayName) {
        this.teamDisplayName = teamDisplayName;
    }

    public void setTeamOpen(boolean teamOpen) {
        this.teamOpen = teamOpen;
    }

    public void setFiles(String files) {
        this.files = files == null || files.isBlank() ? null : Path.of(files);
    }

    /** What is migrated; a package of this connector's own kind holds its files itself. */
    public void setSourceKind(String sourceKind) {
        this.sourceKind = sourceKind;
    }

    public void setSourcePath(String sourcePath) {
        this.sourcePath = sourcePath;
    }

    public void setEmailDomain(String emailDomain) {
        this.emailDomain = emailDomain;
    }

    public void setCompression(int compression) {
        this.compression = compression;
    }

    /** @throws Problem CRV-402, CRV-403, CRV-404 */
    public void seal(SealRequest request) {
        var settings = new SealSettings(team, teamDisplayName, teamOpen, given(), compression, emailDomain);
        var seals = request.ledger().seals();
        var version = request.ledger().stage().version();
        var file = file(request.number());
        seals.begin(request.number());
        var source = new LedgerSealSource(request);
        new MattermostSeal().seal(source, settings, request.workDir(), file);
        source.flush();
        try {
            seals.add(
                    request.run(),
                    request.number(),
                    version,
                    file.toString(),
                    sha256(file),
                    Files.size(file),
                    request.inputs(),
                    source.tally());
        } catch (IOException unreadable) {
            throw new Problem(unreadable, "CRV-402", file, MattermostStage.reason(unreadable));
        }
    }

    private Path given() {
        return files == null && MattermostNames.SINK.equals(sourceKind) ? Path.of(sourcePath) : files;
    }

    /** A path that ends in .zip is the package; any other is a folder of them. */
    private Path file(int number) {
        return isFile(path) ? path : path.resolve("mattermost-bulk-" + number + ".zip");
    }

    static boolean isFile(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    private static String sha256(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Sha256.hex(in);
        }
    }
}
