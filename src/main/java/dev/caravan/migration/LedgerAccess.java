package dev.caravan.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import dev.caravan.ledger.Approvals;
import dev.caravan.ledger.AuditLog;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerAddress;
import dev.caravan.ledger.Notices;
import dev.caravan.ledger.People;
import dev.caravan.ledger.Requests;
import dev.caravan.ledger.Ticks;
import dev.caravan.ledger.TransactionWatch;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Opens the ledger the settings name. */
@ApplicationScoped
public class LedgerAccess {

    private static final String NONE_YET = "CRV-303";

    private final Settings settings;
    private final TransactionWatch watch;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile Ledger writing;

    @Inject
    public LedgerAccess(Settings settings, TransactionWatch watch) {
        this.settings = settings;
        this.watch = watch;
    }

    public LedgerAccess(Settings settings) {
        this(settings, TransactionWatch.NONE);
    }

    /** For writing; makes work directory and ledger when there are none. */
    public Ledger open() {
        try {
            Files.createDirectories(settings.workDir());
        } catch (IOException denied) {
            throw new Problem(denied, "CRV-204", settings.workDir(), denied.getMessage());
        }
        opening.lock();
        try {
            writing = Ledger.open(address(), watch);
            return writing;
        } finally {
            opening.unlock();
        }
    }

    /**
     * Changes something small: through the ledger this process has open for writing, whatever goes on with it, or through one
     * opened for this alone, for which whoever wants to open another waits.
     *
     * @throws Problem CRV-301 while another process writes
     */
    public <T> T change(Function<Ledger, T> deed) {
        return throughOpen(deed).orElseGet(() -> {
            opening.lock();
            try {
                return throughOpen(deed).orElseGet(() -> {
                    try (Ledger ledger = open()) {
                        return deed.apply(ledger);
                    }
                });
            } finally {
                opening.unlock();
            }
        });
    }

    private <T> Optional<T> throughOpen(Function<Ledger, T> deed) {
        return Optional.ofNullable(writing).flatMap(ledger -> ledger.whileOpen(deed));
    }

    /** For reading; there must be one. */
    public Ledger openReadOnly() {
        return Ledger.openReadOnly(address());
    }

    /** For reading, when there is one. */
    public Optional<Ledger> findReadOnly() {
        try {
            return Optional.of(openReadOnly());
        } catch (Problem problem) {
            if (NONE_YET.equals(problem.code())) {
                return Optional.empty();
            }
            throw problem;
        }
    }

    /** Of a ledger that is there. */
    public AuditLog audit() {
        return AuditLog.of(address());
    }

    /** Of a ledger that is there. */
    public People people() {
        return People.of(address());
    }

    /** Of a ledger that is there. */
    public Notices notices() {
        return Notices.of(address());
    }

    /** Of a ledger that is there. */
    public Ticks ticks() {
        return Ticks.of(address());
    }

    /** Asks the process that writes, or the next one; see {@link Ledger#leave}. */
    public Requests.Left leave(List<Requests.Request> requests) {
        return Ledger.leave(address(), requests);
    }

    /** For the process that writes, or the next one; see {@link Ledger#approve}. */
    public void approve(Approvals.Approval approval) {
        Ledger.approve(address(), approval);
    }

    private LedgerAddress address() {
        return switch (settings.ledger().kind()) {
            case SQLITE -> LedgerAddress.sqlite(ledgerFile());
            case POSTGRESQL -> LedgerAddress.postgresql(
                    settings.ledger().url().orElseThrow(() -> new Problem("CRV-205", "caravan.ledger.url")),
                    settings.ledger().user().orElse(""),
                    settings.ledger().password().orElse(""),
                    settings.ledger().schema());
        };
    }

    private Path ledgerFile() {
        return settings.workDir().resolve("ledger.db");
    }
}
