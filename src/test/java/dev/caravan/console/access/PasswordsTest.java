package dev.caravan.console.access;

import dev.caravan.model.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PasswordsTest {

    @Test
    void aPasswordFitsItsHashAndNoOther() {
        var hash = Passwords.hashOfOwn("twelve chars");
        assertThat(Passwords.matches("twelve chars", hash)).isTrue();
        assertThat(Passwords.matches("twelve charz", hash)).isFalse();
        assertThat(hash).doesNotContain("twelve");
    }

    @Test
    void theSamePasswordHasAnotherHashEachTime() {
        assertThat(Passwords.hash("twelve chars")).isNotEqualTo(Passwords.hash("twelve chars"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "eleven char",
                "\uD83D\uDC2A\uD83D\uDC2A\uD83D\uDC2A\uD83D\uDC2A\uD83D\uDC2A\uD83D\uDC2A\uD83D\uDC2A"
            })
    void aShortOneIsRefused(String password) {
        refused(password);
    }

    @Test
    void whatTheHashWouldNotLookAtIsRefused() {
        refused("x".repeat(73));
        refused("\u4e2d".repeat(25));
        assertThat(Passwords.hashOfOwn("\u4e2d".repeat(24))).isNotEmpty();
    }

    @Test
    void givenPasswordsAreRandomAndLongEnough() {
        assertThat(Passwords.random()).hasSize(20).isNotEqualTo(Passwords.random());
    }

    private static void refused(String password) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> Passwords.hashOfOwn(password))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("CRV-582"));
    }
}
