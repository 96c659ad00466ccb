package dev.caravan.migration.people;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Spellings of one name have a key in common, those of two names have none. */
class NameKeysTest {

    @ParameterizedTest
    @CsvSource({
        "王小明, Wang Xiaoming",
        "王小明, Xiaoming Wang",
        "王小明, xiaoming.wang",
        "王小明, wangxiaoming",
        "欧阳明, Ouyang Ming",
        "欧阳明, ming ouyang",
        "吕丽, lü li",
        "曾志伟, Zeng Zhiwei",
        "José Núñez, nunez jose",
        "Ann Lee, lee ann"
    })
    void spellings_of_one_name_meet(String one, String other) {
        assertThat(NameKeys.latin(one)).containsAnyElementsOf(NameKeys.latin(other));
    }

    @ParameterizedTest
    @CsvSource({"王小明, 王大明", "Ann Lee, Ann Li", "张伟, 章维维"})
    void two_names_do_not_meet(String one, String other) {
        assertThat(NameKeys.latin(one)).doesNotContainAnyElementsOf(NameKeys.latin(other));
    }

    @Test
    void nothing_has_no_key() {
        assertThat(NameKeys.latin(" ")).isEmpty();
        assertThat(NameKeys.same(" . ")).isEmpty();
        assertThat(NameKeys.same("ＡＮＮ  Lee")).isEqualTo(NameKeys.same("ann lee"));
    }
}
