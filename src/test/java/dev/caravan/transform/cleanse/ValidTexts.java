package dev.caravan.transform.cleanse;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/** Texts as people of a language could write them, letters at random, with the punctuation that makes mistakes likely. */
enum ValidTexts {
    /** Of all Han, not only the common ones. */
    CHINESE {
        @Override
        String text(Random random) {
            return words(random, "\u3000", "\u3002\uff0c\uff01\u300a\u300b\u2026\u2014\u201c\u201d", () -> han(random));
        }
    },
    /** Of the 3,755 Han in daily use. */
    EVERYDAY {
        @Override
        String text(Random random) {
            return words(random, "", "\u3002\uff0c\uff01", () -> {
                var row = 0xb0 + random.nextInt(39);
                var bytes = new byte[] {(byte) row, (byte) (0xa1 + random.nextInt(94))};
                return new String(bytes, Charset.forName("GB2312"));
            });
        }
    },
    TRADITIONAL {
        @Override
        String text(Random random) {
            var usual =
                    "\u9019\u500b\u6a23\u5b50\u6703\u8b70\u4eca\u5929\u4e0b\u5348\u958b\u59cb\u8acb\u5927\u5bb6\u6e96\u6642\u53c3\u52a0\u8b1d\u8b1d";
            return words(
                    random,
                    "",
                    "\u3002\uff0c\u300c\u300d\uff1f",
                    () -> "" + usual.charAt(random.nextInt(usual.length())));
        }
    },
    JAPANESE {
        @Override
        String text(Random random) {
            return words(
                    random,
                    "",
                    "\u3002\u3001\u300c\u300d\u30fb\uff01\u301c",
                    () -> random.nextInt(3) == 0
                            ? han(random)
                            : Character.toString((random.nextBoolean() ? 0x3041 : 0x30a1) + random.nextInt(80)));
        }
    },
    KOREAN {
        @Override
        String text(Random random) {
            return words(random, " ", "?!\u2026~.", () -> Character.toString(0xac00 + random.nextInt(11172)));
        }
    },
    ACCENTED {
        @Override
        String text(Random random) {
            var letters = ALPHABETS[random.nextInt(ALPHABETS.length)];
            boolean capitals = random.nextInt(3) == 0;
            var text = words(
                    random,
                    random.nextInt(8) == 0 ? "\u00a0" : " ",
                    "\u2026\u2013\u2014\u2019\u201c\u201d\u201e\u00ab\u00bb\u20ac\u2122\u00a9\u00ae\u00b0\u00b2\u00b3\u00a7!?.,",
                    () -> "" + letters.charAt(random.nextInt(letters.length())));
            return capitals ? text.toUpperCase(Locale.ROOT) : text;
        }
    },
    EMOJI {
        @Override
        String text(Random random) {
            var pictures = new String[] {
                "\ud83d\ude00",
                "\ud83d\udc4d\ud83c\udffd",
                "\u2764\ufe0f",
                "\ud83c\udde9\ud83c\uddea",
                "\ud83d\udc69\u200d\ud83d\udcbb",
                "\u2705",
                "\ud83e\udd37"
            };
            return words(random, " ", "!?.\u2026", () -> pictures[random.nextInt(pictures.length)]);
        }
    };

    private static final String PLAIN = "eeeeaaaiionnrrsttlldmcup";

    private static final String[] ALPHABETS = {
        PLAIN + "\u00e9\u00e8\u00ea\u00e0\u00e7\u0153\u00f9\u00ee",
        PLAIN + "\u00e4\u00f6\u00fc\u00df",
        PLAIN + "\u00e3\u00e3\u00e1\u00e9\u00e7\u00f5\u00ea\u00e2",
        PLAIN + "\u00f1\u00e1\u00e9\u00ed\u00f3\u00fa",
        PLAIN + "\u00e5\u00e4\u00f6\u00f8\u00e6",
        PLAIN + "\u017e\u0161\u010d\u0159\u011b\u00fd\u00e1",
        PLAIN + "\u0105\u0119\u0142\u015b\u017c\u00f3",
        PLAIN + "\u0131\u015f\u011f\u00e7\u00f6\u00fc\u00e2",
        PLAIN + "\u00f0\u00fe\u00e6\u00f6\u00fd",
        PLAIN + "\u01b0\u01a1\u1ea1\u1ebf\u00ea\u0111"
    };

    abstract String text(Random random);

    private static String han(Random random) {
        return Character.toString(0x4e00 + random.nextInt(20902));
    }

    private static String words(Random random, String space, String marks, Supplier<String> letter) {
        var text = new StringBuilder();
        int words = 1 + random.nextInt(6);
        for (int w = 0; w < words; w++) {
            text.append(w == 0 ? "" : space);
            for (int n = 1 + random.nextInt(7); n > 0; n--) {
                text.append(letter.get());
            }
            if (random.nextInt(3) == 0) {
                text.append(marks.charAt(random.nextInt(marks.length())));
            }
        }
        return text.toString();
    }
}
