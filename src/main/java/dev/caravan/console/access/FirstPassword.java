package dev.caravan.console.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;

import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Settings;
import dev.caravan.migration.serve.Admission;
import dev.caravan.model.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** The administrator's one-time password, in a file that goes with the first sign-in. */
@ApplicationScoped
public class FirstPassword implements Admission {

    static final String ADMINISTRATOR = "admin";

    private static final String FILE = "console-password.txt";
    private static final String WRITTEN_BY_ANOTHER = "CRV-301";

    private final Path file;
    private final Users users;
    private final LedgerAccess ledgers;
    private final Ways ways;

    public FirstPassword(Settings settings, Users users, LedgerAccess ledgers, Ways ways) {
        this.file = settings.workDir().toAbsolutePath().resolve(FILE);
        this.users = users;
        this.ledgers = ledgers;
        this.ways = ways;
    }

    /** @throws Problem CRV-580, 581, 704, 705, and those of a ledger that cannot be made */
    @Override
    public Optional<Path> open(boolean resetAdmin) {
        ways.check();
        makeLedger();
        if (!ways.local()) {
            return Optional.empty();
        }
        if (resetAdmin || users.all().isEmpty()) {
            give();
        }
        return Files.exists(file) ? Optional.of(file) : Optional.empty();
    }

    /** The history needs a place from the first sign-in on. */
    private void makeLedger() {
        try {
            ledgers.open().close();
        } catch (Problem problem) {
            if (!WRITTEN_BY_ANOTHER.equals(problem.code())) {
                throw problem;
            }
        }
    }

    private void give() {
        var password = Passwords.random();
        try {
            OwnerOnly.write(file, (password + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException denied) {
            throw new Problem(denied, "CRV-581", file, denied.getMessage());
        }
        users.put(new User(ADMINISTRATOR, Passwords.hash(password), new TreeSet<>(Roles.ALL), User.Password.ONE_TIME));
    }

    /** Somebody signed in with a one-time password, which serves no more; empty when another was quicker. */
    Optional<User> spend(User user) {
        var spent = user.with(User.Password.SPENT);
        if (!users.replace(user, spent)) {
            return Optional.empty();
        }
        if (ADMINISTRATOR.equals(user.name())) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException denied) {
                throw new Problem(denied, "CRV-581", file, denied.getMessage());
            }
        }
        return Optional.of(spent);
    }
}
