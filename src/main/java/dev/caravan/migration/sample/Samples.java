package dev.caravan.migration.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.caravan.ledger.Ledger;
import dev.caravan.migration.Journey;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Settings;
import dev.caravan.migration.report.ReportPage;
import dev.caravan.migration.report.Say;
import dev.caravan.model.Problem;
import dev.caravan.model.Words;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Some messages side by side, source and target, for people to compare with their own eyes. The one file that holds text
 * of messages: it is written only when somebody asks for it.
 */
@ApplicationScoped
public class Samples {

    private final Settings settings;
    private final LedgerAccess ledgers;
    private final Journey journey;

    public Samples(Settings settings, LedgerAccess ledgers, Journey journey) {
        this.settings = settings;
        this.ledgers = ledgers;
        this.journey = journey;
    }

    /**
     * Reads the source once more.
     *
     * @param number of messages
     * @param seed the same seed picks the same messages
     * @return the page
     */
    public Path write(int number, long seed, Words words) {
        var folder = settings.workDir().resolve("report");
        try {
            var drawn = draw(number, seed);
            var page = folder.resolve("sample.html");
            Files.createDirectories(folder);
            Files.writeString(
                    page, new ReportPage("sample.html").render(drawn.messages(), new Say(words, settings.timeZone())));
            return page;
        } catch (IOException denied) {
            throw new Problem(denied, "CRV-311", folder, denied.getMessage());
        }
    }

    /** @param complete whether the source was read to its end; it was asked to stop otherwise */
    public record Drawn(boolean complete, List<SampledMessage> messages) {}

    /** The same, in memory only. */
    public Drawn draw(int number, long seed) {
        try (Ledger ledger = ledgers.openReadOnly()) {
            var books = new AtomicReference<SampleBooks>();
            var complete = journey.rehearse("direct:check", directory -> {
                books.set(new SampleBooks(directory, ledger, number, seed));
                return books.get();
            });
            return new Drawn(complete, books.get().messages());
        }
    }
}
