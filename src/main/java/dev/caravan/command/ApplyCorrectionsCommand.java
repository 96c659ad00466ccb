package dev.caravan.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.caravan.migration.letters.CorrectionLines;
import dev.caravan.migration.letters.Corrections;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Mends and waives the letters whose record is the same as where the corrections were made. */
@Dependent
@Command(name = "apply")
class ApplyCorrectionsCommand extends Verb {

    @Parameters(index = "0", paramLabel = "FILE", descriptionKey = "parameter.corrections-in")
    private Path file;

    @Inject
    Corrections corrections;

    @Inject
    Output output;

    record Applied(int mended, int waived, int same, int settled, int missing, int refused) {}

    @Override
    public Integer call() {
        try (var text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            var done = corrections.apply(CorrectionLines.read(text), System.getProperty("user.name"));
            done.refused().forEach(problem -> output.error(problem.inWords(words())));
            int refused = done.refused().size();
            if (options().json()) {
                output.json(new Applied(
                        done.mended(), done.waived(), done.same(), done.settled(), done.missing(), refused));
            } else {
                output.line(words().say(
                                "corrections.applied",
                                done.mended(),
                                done.waived(),
                                done.same(),
                                done.settled(),
                                done.missing(),
                                refused));
            }
            return refused == 0 ? ExitStatus.CLEAN : ExitStatus.USAGE;
        } catch (IOException unreadable) {
            throw new Problem(unreadable, "CRV-609", file, unreadable.getClass().getSimpleName());
        }
    }
}
