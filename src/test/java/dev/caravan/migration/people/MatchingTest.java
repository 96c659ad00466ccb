package dev.caravan.migration.people;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.caravan.ledger.Person;
import dev.caravan.ledger.PersonState;
import org.junit.jupiter.api.Test;

import static dev.caravan.ledger.PersonState.DECIDED;
import static dev.caravan.ledger.PersonState.DOUBTFUL;
import static dev.caravan.ledger.PersonState.MISSING;
import static dev.caravan.ledger.PersonState.OWN;
import static dev.caravan.ledger.PersonState.SURE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who in a list of employees fits whom at the source, and how sure that is. */
class MatchingTest {

    private static final String LIST =
            """
            用户名,邮箱,工号,姓名
            ann.lee,ann@new.example,1001,Ann Lee
            wang.xm,,1002,王小明
            wang.xm2,,1003,王小明
            li.na,li.na@new.example,1004,李娜
            zhang.w,zhang@new.example,1005,张伟
            bob,bob@new.example,1006,Robert Roe
            Bad Name,odd@new.example,1007,Odd One
            """;

    @Test
    void an_address_a_number_and_a_name_of_ones_own_are_sure() {
        var draft = draft(
                person("U1", "annie", "ann@new.example", "Somebody"),
                person("U2", "1002", "", "nobody"),
                person("U3", "lina", "", "李娜"));

        assertThat(draft.get("U1")).satisfies(is(SURE, "email", "ann.lee"));
        assertThat(draft.get("U2")).satisfies(is(SURE, "number", "wang.xm"));
        assertThat(draft.get("U3")).satisfies(is(SURE, "name", "li.na"));
        assertThat(draft.get("U3").newEmail()).isEqualTo("li.na@new.example");
    }

    @Test
    void what_leaves_a_doubt_tells_which() {
        var draft = draft(
                person("U1", "x", "", "王小明"),
                person("U2", "zhangwei", "", "Wei Zhang"),
                person("U3", "y", "li.na@old.example", "李娜"),
                person("U4", "bob", "bob@old.example", "Bobby"),
                person("U5", "z", "odd@new.example", "Odd"));

        assertThat(draft.get("U1")).satisfies(is(DOUBTFUL, "several", ""));
        assertThat(draft.get("U1").candidates()).isEqualTo("wang.xm wang.xm2");
        assertThat(draft.get("U2")).satisfies(is(DOUBTFUL, "pinyin", "zhang.w"));
        assertThat(draft.get("U3")).satisfies(is(DOUBTFUL, "other-email", "li.na"));
        assertThat(draft.get("U4")).satisfies(is(DOUBTFUL, "login", "bob"));
        assertThat(draft.get("U5")).satisfies(is(DOUBTFUL, "invalid", "bad name"));
    }

    @Test
    void two_who_would_become_one_are_both_doubtful() {
        var draft = draft(person("U1", "a", "ann@new.example", "Ann Lee"), person("U2", "1001", "", "A. L."));

        assertThat(draft.values()).allSatisfy(is(DOUBTFUL, "shared", "ann.lee"));
    }

    @Test
    void bots_and_who_is_mapped_already_are_left_alone_and_who_left_is_missing() {
        var bot = new SourcePerson("B1", "bot", "", true, false, "bot", false, List.of("Ann Lee"), List.of());
        var mapped = new SourcePerson("U2", "x", "", false, false, "ann.lee", true, List.of("Ann Lee"), List.of());
        var draft = draft(bot, mapped, person("U3", "gone", "gone@old.example", "Gone Girl"));

        assertThat(draft.get("B1")).satisfies(is(OWN, "bot", ""));
        assertThat(draft.get("U2")).satisfies(is(DECIDED, "map", ""));
        assertThat(draft.get("U3")).satisfies(is(MISSING, "nobody", ""));
    }

    @Test
    void a_list_as_spreadsheets_in_china_write_it_is_read() {
        var gbk = EmployeeList.read(LIST.replace(',', '\t').getBytes(Charset.forName("GB18030")));

        assertThat(gbk).isEqualTo(EmployeeList.read(("\uFEFF" + LIST).getBytes(UTF_8)));
        assertThat(gbk).hasSize(7).contains(new Employee("wang.xm", "", "1002", "王小明", ""));
        assertThat(EmployeeList.read("E-Mail;Full Name\nann@new.example;Ann\n".getBytes(UTF_8)))
                .containsExactly(new Employee("ann", "ann@new.example", "", "Ann", ""));
    }

    @Test
    void a_list_that_tells_nobody_is_refused() {
        assertThatThrownBy(() -> EmployeeList.read("colour,size\nred,1\n".getBytes(UTF_8)))
                .hasMessageContaining("CRV-650");
        assertThatThrownBy(() -> EmployeeList.read("username,email\n".getBytes(UTF_8)))
                .hasMessageContaining("CRV-650");
        assertThatThrownBy(() -> EmployeeList.read("username,email\na,b,c,d\n".getBytes(UTF_8)))
                .hasMessageContaining("CRV-651");
    }

    private static Map<String, Person> draft(SourcePerson... people) {
        return new Matching(EmployeeList.read(LIST.getBytes(UTF_8)), employee -> !employee.username()
                        .contains(" "))
                .draft(List.of(people)).stream().collect(Collectors.toMap(Person::sourceId, Function.identity()));
    }

    private static SourcePerson person(String id, String login, String email, String name) {
        return new SourcePerson(
                id,
                login,
                email,
                false,
                false,
                login,
                false,
                List.of(name),
                List.of(login, email.split("@", 2)[0]).stream()
                        .filter(text -> !text.isEmpty())
                        .toList());
    }

    private static org.assertj.core.api.ThrowingConsumer<Person> is(PersonState state, String why, String username) {
        return person -> {
            assertThat(person.state()).isEqualTo(state);
            assertThat(person.why()).isEqualTo(why);
            assertThat(person.username()).isEqualTo(username);
        };
    }
}
