package dev.caravan.transform.text;

import java.util.List;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class TextSplitterTest {
    private static final String LINK = "[@a](caravan:user/U1)";
    private static final String FAMILY = "👨‍👩‍👧";

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("short", 10, List.of("short")),
                arguments("", 10, List.of("")),
                arguments("0123456789", 10, List.of("0123456789")),
                arguments("01234567890", 10, List.of("0123456789", "0")),
                arguments("0123456789012345678 x", 20, List.of("0123456789012345678 ", "x")),
                arguments("01234567890123456\n8 x", 20, List.of("01234567890123456\n8 ", "x")),
                arguments("012345678901234567\n x", 20, List.of("012345678901234567\n", " x")),
                arguments("0 23456789012345678901", 20, List.of("0 234567890123456789", "01")),
                arguments("👍👍👍", 2, List.of("👍👍", "👍")),
                arguments("abc" + FAMILY, 4, List.of("abc", FAMILY.substring(0, 6), FAMILY.substring(6))),
                arguments("abcd" + FAMILY, 8, List.of("abcd", FAMILY)),
                arguments("ae\u0301", 2, List.of("a", "e\u0301")),
                arguments("0123456789" + LINK, 25, List.of("0123456789", LINK)),
                arguments("0123456789" + LINK + "0", 31, List.of("0123456789" + LINK, "0")),
                arguments(
                        "[long label here](caravan:user/U1)",
                        10,
                        List.of("[long labe", "l here](ca", "ravan:user", "/U1)")));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("texts")
    void isCutWhereItHurtsLeast(String text, int maxRunes, List<String> pieces) {
        assertThat(TextSplitter.split(text, maxRunes)).isEqualTo(pieces);
    }

    @Test
    void needsRoomForACodePoint() {
        assertThatThrownBy(() -> TextSplitter.split("a", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void joinedPiecesAreTheTextAndNoneIsTooLong(
            @ForAll("mixed") String text, @ForAll @IntRange(min = 1, max = 40) int maxRunes) {
        List<String> pieces = TextSplitter.split(text, maxRunes);
        assertThat(String.join("", pieces)).isEqualTo(text);
        assertThat(pieces).allSatisfy(piece -> {
            assertThat(piece.codePointCount(0, piece.length())).isLessThanOrEqualTo(maxRunes);
            assertThat(piece.isEmpty() && !text.isEmpty()).isFalse();
        });
    }

    @Property
    void keepsLinksWhole(@ForAll("mixed") String text, @ForAll @IntRange(min = 30, max = 60) int maxRunes) {
        long inPieces = TextSplitter.split(text, maxRunes).stream()
                .mapToLong(piece -> References.in(piece).size())
                .sum();
        assertThat(inPieces).isEqualTo(References.in(text).size());
    }

    @Provide
    Arbitrary<String> mixed() {
        return Arbitraries.of("a", "word", " ", "\n", "👍", FAMILY, "e\u0301", LINK, "中文", "\r\n")
                .list()
                .ofMaxSize(60)
                .map(parts -> String.join("", parts));
    }
}
