package dev.caravan.migration.people;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.caravan.ledger.Person;
import dev.caravan.ledger.PersonState;

/**
 * Finds the employee for each person of the source: by e-mail address, by number, by name, by the name in Latin letters, in this
 * order. Sure is what one address, one number or one name says that nothing speaks against; the rest is for people to decide.
 */
final class Matching {

    private static final int MOST_CANDIDATES = 5;

    private final List<Employee> employees;
    private final Predicate<Employee> valid;
    private final Map<String, Set<Employee>> byEmail;
    private final Map<String, Set<Employee>> byNumber;
    private final Map<String, Set<Employee>> byName;
    private final Map<String, Set<Employee>> byLatin;
    private final Map<String, Set<Employee>> byLogin;

    /** @param valid whether the target takes the user name of an employee */
    Matching(List<Employee> employees, Predicate<Employee> valid) {
        this.employees = employees;
        this.valid = valid;
        byEmail = index(one -> List.of(one.email()));
        byNumber = index(one -> List.of(number(one.number())));
        byName = index(one -> List.of(NameKeys.same(one.name()), NameKeys.same(one.pinyin())));
        byLatin = index(one -> Stream.of(one.name(), one.pinyin())
                .flatMap(name -> NameKeys.latin(name).stream())
                .collect(Collectors.toSet()));
        byLogin = index(one -> List.of(one.username(), one.email().split("@", 2)[0]));
    }

    private Map<String, Set<Employee>> index(Function<Employee, Collection<String>> keys) {
        var index = new HashMap<String, Set<Employee>>();
        for (var employee : employees) {
            for (var key : keys.apply(employee)) {
                if (!key.isEmpty()) {
                    index.computeIfAbsent(key, any -> new LinkedHashSet<>()).add(employee);
                }
            }
        }
        return index;
    }

    private static String number(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /** What was found for one person. */
    private record Found(SourcePerson person, PersonState state, String why, Set<Employee> who) {
        private Person asPerson() {
            var one = who.size() == 1 ? who.iterator().next() : null;
            return new Person(
                    person.id(),
                    person.shown(),
                    person.email(),
                    person.gone(),
                    person.own(),
                    state,
                    why,
                    who.stream().limit(MOST_CANDIDATES).map(Employee::username).collect(Collectors.joining(" ")),
                    one == null ? "" : one.username(),
                    one == null ? "" : one.email(),
                    null,
                    Instant.EPOCH);
        }

        private Found doubtful(String reason) {
            return new Found(person, PersonState.DOUBTFUL, reason, who);
        }
    }

    /** The draft. Two who would become one person are both doubtful. */
    List<Person> draft(Collection<SourcePerson> people) {
        var found = people.stream().map(this::find).toList();
        var uses = new HashMap<Employee, Integer>();
        found.stream().filter(one -> one.state() == PersonState.SURE).forEach(one -> one.who()
                .forEach(employee -> uses.merge(employee, 1, Integer::sum)));
        var draft = new ArrayList<Person>(found.size());
        for (var one : found) {
            var sure = one.state() == PersonState.SURE;
            if (sure && one.who().stream().anyMatch(employee -> uses.get(employee) > 1)) {
                draft.add(one.doubtful("shared").asPerson());
            } else if (sure && !one.who().stream().allMatch(valid)) {
                draft.add(one.doubtful("invalid").asPerson());
            } else {
                draft.add(one.asPerson());
            }
        }
        return draft;
    }

    private Found find(SourcePerson person) {
        if (person.mapped()) {
            return new Found(person, PersonState.DECIDED, "map", Set.of());
        }
        if (person.bot() || employees.isEmpty()) {
            return new Found(person, PersonState.OWN, person.bot() ? "bot" : "own", Set.of());
        }
        var email = byEmail.getOrDefault(person.email(), Set.of());
        if (!email.isEmpty()) {
            return found(person, PersonState.SURE, "email", email);
        }
        var number = of(byNumber, person.numbers().stream().map(Matching::number));
        if (!number.isEmpty()) {
            return found(person, PersonState.SURE, "number", number);
        }
        var name = of(byName, person.names().stream().map(NameKeys::same));
        if (!name.isEmpty()) {
            return byName(person, name);
        }
        var latin = of(
                byLatin,
                Stream.concat(person.names().stream(), Stream.of(person.login()))
                        .flatMap(one -> NameKeys.latin(one).stream()));
        if (!latin.isEmpty()) {
            return found(person, PersonState.DOUBTFUL, "pinyin", latin);
        }
        var login = of(
                byLogin,
                Stream.of(
                        person.login().toLowerCase(Locale.ROOT), person.email().split("@", 2)[0]));
        return login.isEmpty()
                ? new Found(person, PersonState.MISSING, "nobody", Set.of())
                : found(person, PersonState.DOUBTFUL, "login", login);
    }

    /** Two may have one name: an address that is another one's speaks against it. */
    private static Found byName(SourcePerson person, Set<Employee> named) {
        var address = named.iterator().next().email();
        return person.email().isEmpty() || address.isEmpty()
                ? found(person, PersonState.SURE, "name", named)
                : found(person, PersonState.DOUBTFUL, "other-email", named);
    }

    private static Found found(SourcePerson person, PersonState state, String why, Set<Employee> who) {
        return who.size() > 1
                ? new Found(person, PersonState.DOUBTFUL, "several", who)
                : new Found(person, state, why, who);
    }

    private static Set<Employee> of(Map<String, Set<Employee>> index, Stream<String> keys) {
        var all = new LinkedHashSet<Employee>();
        keys.forEach(key -> all.addAll(index.getOrDefault(key, Set.of())));
        return all;
    }
}
