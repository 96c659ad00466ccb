package dev.caravan.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.caravan.migration.letters.CorrectionLines;
import dev.caravan.migration.letters.Corrections;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes edits and waivers to a file. It holds text of records. */
@Dependent
@Command(name = "export")
class ExportCorrectionsCommand extends Verb {

    @Parameters(index = "0", paramLabel = "FILE", descriptionKey = "parameter.corrections-out")
    private Path file;

    @Inject
    Corrections corrections;

    @Inject
    Output output;

    @Override
    public Integer call() {
        var number = new int[1];
        try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
            corrections.export(one -> {
                CorrectionLines.write(one, out);
                number[0]++;
            });
        } catch (IOException denied) {
            throw new Problem(denied, "CRV-649", file, denied.getMessage());
        }
        output.error(words().say("corrections.exported", number[0], file));
        return ExitStatus.CLEAN;
    }
}
