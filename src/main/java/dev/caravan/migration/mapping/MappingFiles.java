package dev.caravan.migration.mapping;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.caravan.migration.Settings;
import dev.caravan.migration.reload.FolderCheck;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;
import dev.caravan.model.Sha256;
import dev.caravan.transform.mapping.Draft;
import dev.caravan.transform.mapping.Examples;
import dev.caravan.transform.mapping.MappingFunctions;
import dev.caravan.transform.mapping.Side;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The templates of this migration in the operator's folder: looked at, judged, written. A service runs from its copy, and
 * takes a written file as one that an editor saved. No name of a file comes from outside.
 */
@ApplicationScoped
public class MappingFiles {

    /** Characters of a template; the longest of ours has some five thousand. */
    private static final int LONGEST = 200_000;

    private final Settings settings;
    private final FolderCheck folder;
    private final List<MappingFunctions> functions;

    public MappingFiles(Settings settings, FolderCheck folder, @All List<MappingFunctions> functions) {
        this.settings = settings;
        this.folder = folder;
        this.functions = functions;
    }

    /**
     * What a change would do.
     *
     * @param problems what is wrong with it; nothing when it may be written
     * @param misfits examples beside the template that it no longer fits
     * @param diff of the file as it is, in unified form; empty when nothing changes
     */
    public record Review(List<Problem> problems, List<Misfit> misfits, List<String> diff, String base) {}

    /** One example that does not fit: what its file expects, and what the template makes of its input now. */
    public record Misfit(String example, String expected, String actual) {}

    public List<MappingFile> all() {
        var files = new ArrayList<MappingFile>();
        for (var side : Side.values()) {
            for (var kind : Kind.values()) {
                var place = new MappingPlace(side, kind);
                if (Files.exists(path(place))) {
                    files.add(get(place));
                }
            }
        }
        return files;
    }

    /** @throws Problem CRV-670 when there is none of that sort */
    public MappingFile get(MappingPlace place) {
        var path = path(place);
        try {
            var bytes = Files.readAllBytes(path);
            var served = settings.home().resolve("routes").resolve(name(place));
            return new MappingFile(
                    place.side(),
                    place.kind(),
                    name(place),
                    new String(bytes, StandardCharsets.UTF_8),
                    Sha256.hex(bytes),
                    !Files.exists(served) || !Arrays.equals(bytes, Files.readAllBytes(served)));
        } catch (IOException none) {
            throw new Problem(none, "CRV-670", name(place));
        }
    }

    /** @throws Problem CRV-502 to CRV-504 when it does not compile, CRV-673 when it is far too long */
    public Draft draft(MappingPlace place, String text) {
        if (text == null || text.length() > LONGEST) {
            throw new Problem("CRV-673", LONGEST);
        }
        return Draft.of(watched(), place.side(), connector(place.side()), place.kind(), text, functions);
    }

    /** Compiles it, runs its examples, checks the whole folder with it, and compares it with what is there. */
    public Review review(MappingPlace place, String text) {
        var now = get(place);
        var problems = new ArrayList<Problem>();
        List<Misfit> misfits = List.of();
        try {
            var draft = draft(place, text);
            var examples = examples(place);
            misfits = examples == null
                    ? List.of()
                    : draft.misfits(examples).stream()
                            .map(one -> new Misfit(one.example(), one.expected(), one.actual()))
                            .toList();
            problems.addAll(folderProblems(place, text));
        } catch (Problem wrong) {
            problems.add(wrong);
        }
        return new Review(problems, misfits, Difference.unified(now.name(), now.text(), text), now.hash());
    }

    /**
     * Writes a template, and with {@code renew} what it makes of its examples, each at once and as a whole.
     *
     * @param base hash of the file it was made from
     * @return the file as it is then
     * @throws Problem CRV-674 when the file is another by now, CRV-671 when it does not fit its examples and they are not
     *     to be renewed, CRV-675 when it cannot be written; and those of a template that is wrong
     */
    public synchronized MappingFile save(MappingPlace place, String text, String base, boolean renew) {
        var now = get(place);
        if (!now.hash().equals(base)) {
            throw new Problem("CRV-674", now.name());
        }
        var draft = draft(place, text);
        folderProblems(place, text).stream().findFirst().ifPresent(problem -> {
            throw problem;
        });
        var examples = examples(place);
        if (examples != null) {
            var misfits = draft.misfits(examples);
            if (!misfits.isEmpty() && !renew) {
                throw new Problem("CRV-671", now.name(), misfits.get(0).example());
            }
            if (!misfits.isEmpty()) {
                write(examplesPath(place), draft.renewed(examples));
            }
        }
        write(path(place), text.getBytes(StandardCharsets.UTF_8));
        return get(place);
    }

    private List<Problem> folderProblems(MappingPlace place, String text) {
        try {
            return folder.checkWith(watched(), name(place), text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new Problem(unreadable, "CRV-566", watched(), unreadable.getMessage());
        }
    }

    /** Null when there are none. */
    private Examples examples(MappingPlace place) {
        var path = examplesPath(place);
        try {
            return Files.exists(path) ? Examples.of(examplesName(place), Files.readAllBytes(path)) : null;
        } catch (IOException unreadable) {
            throw new Problem(unreadable, "CRV-670", examplesName(place));
        }
    }

    /** In two steps, so that nobody ever reads half of it; the first name is hidden from whoever watches the folder. */
    private static void write(Path file, byte[] content) {
        var half = file.resolveSibling("." + file.getFileName() + ".saving");
        try {
            Files.write(half, content);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException denied) {
            throw new Problem(denied, "CRV-675", file, denied.getMessage());
        }
    }

    private Path watched() {
        return settings.serve().watched().resolve("routes");
    }

    private Path path(MappingPlace place) {
        return watched().resolve(name(place));
    }

    private String name(MappingPlace place) {
        return place.side().file(connector(place.side()), place.kind());
    }

    private String connector(Side side) {
        return side == Side.FROM ? settings.source().kind() : settings.sink().kind();
    }

    private String examplesName(MappingPlace place) {
        return name(place).replace(".jslt", ".examples.json");
    }

    private Path examplesPath(MappingPlace place) {
        return watched().resolve(examplesName(place));
    }
}
