package dev.caravan.transform.cleanse;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MojibakeTest {

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final Charset GBK = Charset.forName("x-mswin-936");

    private final Mojibake mojibake = new Mojibake();

    @ParameterizedTest
    @EnumSource(ValidTexts.class)
    void shouldNotChangeOneOf20000ValidTextsOfALanguage(ValidTexts language) {
        var random = new Random(20_240_601 + language.ordinal());
        for (int i = 0; i < 20_000; i++) {
            var text = language.text(random);
            assertThat(repairOf(text)).as(text).isNull();
            assertThat(mojibake.judge(text).proposal()).as(text).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(ValidTexts.class)
    void shouldReadBackOrListUtf8ThatWasReadAsLatin(ValidTexts language) {
        var random = new Random(language.ordinal());
        int repaired = 0;
        for (int i = 0; i < 2_000; i++) {
            var text = language.text(random);
            var misread = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            var verdict = mojibake.judge(misread);
            if (verdict.repaired() != null) {
                assertThat(verdict.repaired()).isEqualTo(text);
                repaired++;
            } else if (!text.equals(misread)) {
                assertThat(verdict.suspicious()).as(text).isTrue();
            }
        }
        assertThat(repaired).isGreaterThan(1_500);
    }

    @ParameterizedTest
    @EnumSource(names = {"EVERYDAY", "TRADITIONAL", "JAPANESE", "KOREAN", "EMOJI"})
    void shouldReadBackOrListUtf8ThatWasReadAsGbk(ValidTexts language) {
        var random = new Random(language.ordinal());
        int repaired = 0;
        int lossless = 0;
        int unnoticed = 0;
        for (int i = 0; i < 2_000; i++) {
            var text = language.text(random);
            var misread = new String(text.getBytes(StandardCharsets.UTF_8), GBK);
            var verdict = mojibake.judge(misread);
            lossless += misread.indexOf('\ufffd') < 0 ? 1 : 0;
            if (verdict.repaired() != null) {
                assertThat(verdict.repaired()).isEqualTo(text);
                repaired++;
            } else if (!verdict.suspicious() && misread.indexOf('\ufffd') < 0) {
                unnoticed++;
            }
        }
        assertThat(unnoticed).isZero();
        assertThat(repaired).isGreaterThan(lossless * 6 / 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "caf\u00e9",
                "\u00c9t\u00e9 \u00e0 la fran\u00e7aise",
                "\u20ac 5",
                "it\u2019s \u201cfine\u201d \u2026",
                "\u4e2d\u6587\u6d88\u606f",
                "\ud83d\ude00",
                "\u041f\u0440\u0438\u0432\u0435\u0442",
                "\u00fcber",
                "25 \u00b0C",
                "ma\u00f1ana"
            })
    void shouldReadBackWhatWindowsMisread(String text) {
        var misread = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        var windows = new String(text.getBytes(StandardCharsets.UTF_8), WINDOWS);
        assertThat(repairOf(misread)).isEqualTo(text);
        if (windows.indexOf('\ufffd') < 0) {
            assertThat(repairOf(windows)).isEqualTo(text);
        }
    }

    @Test
    void shouldReadBackWhatWasMisreadTwice() {
        var once = new String("caf\u00e9 cr\u00e8me".getBytes(StandardCharsets.UTF_8), WINDOWS);
        var twice = new String(once.getBytes(StandardCharsets.UTF_8), WINDOWS);
        assertThat(repairOf(twice)).isEqualTo("caf\u00e9 cr\u00e8me");
    }

    @Test
    void shouldReadBackWhatGbkMisread() {
        var text = "\u660e\u5929\u4e0b\u5348\u5f00\u4f1a\uff0c\u8bf7\u51c6\u65f6\u5230";
        assertThat(repairOf(new String(text.getBytes(StandardCharsets.UTF_8), GBK)))
                .isEqualTo(text);
    }

    /** Texts in which letters and signs stand together as if they were sequences of UTF-8. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "MANH\u00c3\u2026",
                "AMANH\u00c3\u201d",
                "HETKIN\u00c4\u2026",
                "S\u00c5\u2026",
                "1,5 \u00c5\u00b2",
                "C\u2019est arriv\u00e9\u00a0\u00bb.",
                "arriv\u00e9\u2026\u201d",
                "voil\u00e0\u00a0\u00bb",
                "CAF\u00c9\u2026",
                "CAF\u00c9\u201d",
                "Spa\u00df\u2026",
                "\u00d6\u2013",
                "3\u00d7\u2026",
                "\u8054\u901a",
                "\u8305\u53f0",
                "\u9983\u5b50",
                "50\u00a0\u20ac",
                "\u00bfQu\u00e9\u2026?",
                "IRM\u00c3\u00ae",
                "cong\u00e9\u2013\u0153uvre"
            })
    void shouldNotTouchTextsThatOnlyLookMisread(String text) {
        assertThat(mojibake.judge(text).repaired()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Bytes that windows-1252 has no sign for.
                "Gr\u00f6\u00dfe: \u00c1\u00cd\u00dd und Gr\u00f6\u00dfe, gr\u00f6\u00dfer, am gr\u00f6\u00dften: Gr\u00f6\u00dfen",
                // A non-breaking space that was made a plain one.
                "d\u00e9j\u00e0 tr\u00e8s fr\u00e8re, no\u00ebl \u00e0 No\u00ebl, tr\u00e8s m\u00e8re"
            })
    void shouldProposeWhatCanBeReadOfLatinThatLostBytes(String text) {
        var misread = new String(text.getBytes(StandardCharsets.UTF_8), WINDOWS).replace('\u00a0', ' ');

        var verdict = mojibake.judge(misread);

        assertThat(verdict.repaired()).isNull();
        assertThat(verdict.proposal()).isNotNull();
        assertThat(verdict.proposal().replaceAll("\ufffd ?", ""))
                .isEqualTo(text.replaceAll("[\u00e0\u00c1\u00cd\u00dd] ?", ""));
    }

    @Test
    void shouldProposeWhatCanBeReadOfGbkThatLostAByte() {
        var text = "\u660e\u5929\u4e0b\u5348\u5f00\u4f1a\uff0c\u8bf7\u5927\u5bb6\u51c6\u65f6\u5230\u573a";
        var misread = new String(text.getBytes(StandardCharsets.UTF_8), GBK);
        assertThat(misread).contains("\ufffd");

        var proposal = mojibake.judge(misread).proposal();

        assertThat(proposal).contains("\u660e\u5929\u4e0b\u5348\u5f00\u4f1a").contains("\ufffd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "In der Datenbank steht \u00c3\u00bc, \u00c3\u00a4, \u00c3\u00b6 statt \u00fc, \u00e4, \u00f6",
                "M\u221a\u00banchen? No: M\u00c3\u00bcnchen and \u00e4\u00bd\u00a0\u00e5\u00a5\u00bd",
                "\u8fd9\u91cc\u663e\u793a Gr\u00c3\u00bc\u00c3\u0178e \u548c K\u00c3\u00b6ln"
            })
    void shouldNotRefuseTextsThatQuoteMojibake(String text) {
        assertThat(mojibake.judge(text).repaired()).isNull();
        assertThat(mojibake.judge(text).proposal()).isNull();
    }

    @Test
    void shouldListWhatLostAByte() {
        var text = "\u660e\u5929\u4e0b\u5348\u5de5\u4f1a\u5427";
        var misread = new String(text.getBytes(StandardCharsets.UTF_8), GBK);
        assertThat(misread).contains("\ufffd");
        assertThat(mojibake.judge(misread.replace('\ufffd', '?'))).isEqualTo(Mojibake.Verdict.LEFT);
    }

    /** As the step does it: only what is suspected is judged. */
    private String repairOf(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return mojibake.suspects(text, i) ? mojibake.judge(text).repaired() : null;
            }
        }
        return null;
    }
}
