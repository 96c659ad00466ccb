package dev.caravan.connector.agora;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlainTextTest {

    @Test
    void markupIsTakenOffAndReferencesKeepTheirLabels() {
        assertThat(PlainText.of("**Hi** [@Anna \\*B\\*](caravan:user/U1): `x*y` and 3 \\* 4\nnext"))
                .isEqualTo("Hi @Anna *B*: \"x*y\" and 3 * 4\nnext");
    }

    @Property
    void aTextReadBackIsTheTextThatWasShown(@ForAll("markup") String canonical) {
        var shown = PlainText.of(canonical);

        assertThat(PlainText.of(PlainText.canonical(shown))).isEqualTo(shown);
    }

    @Provide
    Arbitrary<String> markup() {
        return Arbitraries.strings()
                .withChars("ab1 \n\t*_`~[]()#>+-=.!|<&;:\\\"@设")
                .ofMaxLength(40);
    }
}
