package dev.caravan.migration.people;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.caravan.ledger.Paged;
import dev.caravan.ledger.People;
import dev.caravan.ledger.Person;
import dev.caravan.ledger.PersonState;
import dev.caravan.ledger.Run;
import dev.caravan.migration.IdentityMapFiles;
import dev.caravan.migration.Journey;
import dev.caravan.migration.LedgerAccess;
import dev.caravan.migration.Settings;
import dev.caravan.model.Problem;
import dev.caravan.model.Sha256;
import jakarta.enterprise.context.ApplicationScoped;

/** Who at the source is to be who on the target: drafted from a list of employees, corrected by people, signed into the user map. */
@ApplicationScoped
public class PeopleDesk {

    private static final int PAGE = 500;

    private final LedgerAccess ledgers;
    private final Journey journey;
    private final UserMap map;
    private final Settings settings;

    public PeopleDesk(LedgerAccess ledgers, Journey journey, UserMap map, Settings settings) {
        this.ledgers = ledgers;
        this.journey = journey;
        this.map = map;
        this.settings = settings;
    }

    /** The draft as it is; there must be a ledger. */
    public People people() {
        return ledgers.people();
    }

    /**
     * Reads a list of employees, and is ready to read the people of the source and match the two. What people decided before stays.
     *
     * @param list CSV, see {@link EmployeeList}; empty to see only who there is
     * @return what makes the draft; it reads the source, so nothing else may read it meanwhile
     * @throws Problem CRV-650, 651 for a list that cannot be used
     */
    public Supplier<Run.State> drafting(byte[] list) {
        var employees = list.length == 0 ? List.<Employee>of() : EmployeeList.read(list);
        return () -> {
            var maps = IdentityMapFiles.read(settings);
            var books = new AtomicReference<PeopleBooks>();
            var whole = journey.rehearse("direct:directory", directory -> {
                books.set(new PeopleBooks(directory, user -> maps.user(user).isPresent()));
                return books.get();
            });
            if (!whole) {
                return Run.State.INTERRUPTED;
            }
            var draft = new Matching(employees, employee -> map.takes(employee.username()))
                    .draft(books.get().people());
            var decided = new HashMap<String, Person>();
            each(PersonState.DECIDED, person -> decided.put(person.sourceId(), person));
            people().replace(draft.stream()
                    .map(drafted -> asDecided(drafted, decided.get(drafted.sourceId())))
                    .toList());
            return Run.State.COMPLETED;
        };
    }

    /** @param before what the draft before had, or null; what only the user map said is not what a person said */
    private static Person asDecided(Person drafted, Person before) {
        return before == null || before.decidedBy() == null
                ? drafted
                : new Person(
                        drafted.sourceId(),
                        drafted.name(),
                        drafted.email(),
                        drafted.gone(),
                        drafted.own(),
                        before.state(),
                        before.why(),
                        drafted.candidates(),
                        before.username(),
                        before.newEmail(),
                        before.decidedBy(),
                        before.changed());
    }

    /**
     * @param username on the target; empty to keep the name there is
     * @param newEmail on the target; empty to keep the source's
     * @throws Problem CRV-652 for somebody the draft does not have, 214 for a name the target does not take
     */
    public Person decide(String sourceId, String username, String newEmail, String by) {
        if (!username.isEmpty()) {
            map.require(UserMap.Entry.of(sourceId, username, newEmail));
        }
        if (!people().decide(sourceId, username, newEmail, by)) {
            throw new Problem("CRV-652", sourceId);
        }
        return people().find(sourceId).orElseThrow();
    }

    /**
     * Writes everybody the draft is sure of, or somebody decided on, into the user map.
     *
     * @throws Problem CRV-653 while somebody is doubtful, 654 when the draft is empty; and those of {@link UserMap#put}
     */
    public People.Signed sign(String by) {
        long doubtful = people().doubtful();
        if (doubtful > 0) {
            throw new Problem("CRV-653", doubtful);
        }
        if (people().counts().isEmpty()) {
            throw new Problem("CRV-654");
        }
        var entries = entries();
        map.put(entries);
        var signed = new People.Signed(Instant.now().truncatedTo(ChronoUnit.MILLIS), by, entries.size(), hash());
        people().signed(signed);
        return signed;
    }

    private List<UserMap.Entry> entries() {
        var entries = new ArrayList<UserMap.Entry>();
        for (var state : List.of(PersonState.SURE, PersonState.DECIDED)) {
            each(state, person -> {
                if (!person.username().isEmpty()) {
                    entries.add(UserMap.Entry.of(person.sourceId(), person.username(), person.newEmail()));
                }
            });
        }
        return entries;
    }

    private void each(PersonState state, Consumer<Person> take) {
        new Paged<>("", after -> people().page(state, "", after, PAGE), Person::sourceId).each(take);
    }

    /** Whether the user map is not as it was when somebody signed it. */
    public boolean changedSince(People.Signed signed) {
        return !signed.sha256().equals(hash());
    }

    private String hash() {
        try {
            return Files.exists(map.file()) ? Sha256.hex(Files.readAllBytes(map.file())) : "";
        } catch (IOException unreadable) {
            throw new Problem(unreadable, "CRV-213", map.file(), unreadable.getMessage());
        }
    }
}
