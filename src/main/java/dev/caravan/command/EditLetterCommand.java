package dev.caravan.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.caravan.migration.letters.LetterView;
import dev.caravan.migration.letters.Letters;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Replaces the record of a letter; the raw bytes stay beside it. */
@Dependent
@Command(name = "edit")
class EditLetterCommand extends Verb {

    private static final String STANDARD_INPUT = "-";

    @Parameters(index = "0", paramLabel = "ID", descriptionKey = "parameter.letter")
    private long id;

    @Parameters(index = "1", paramLabel = "FILE", descriptionKey = "parameter.record")
    private String file;

    @Inject
    Letters letters;

    @Inject
    Output output;

    @Override
    public Integer call() {
        letters.edit(id, bytes());
        output.error(words().say("letter.kept", Long.toString(id)));
        if (options().json()) {
            output.json(LetterView.of(letters.show(id).head()));
        }
        return ExitStatus.CLEAN;
    }

    private byte[] bytes() {
        try {
            return STANDARD_INPUT.equals(file) ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        } catch (IOException unreadable) {
            throw new Problem(unreadable, "CRV-609", file, unreadable.getClass().getSimpleName());
        }
    }
}
