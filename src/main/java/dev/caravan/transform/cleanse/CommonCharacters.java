package dev.caravan.transform.cleanse;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.BitSet;

/**
 * Which characters people write every day: the first levels of GB 2312 (3,755 Han, by use) and Big5 (5,401), kana, Hangul,
 * punctuation and emoji. A text decoded with the wrong encoding consists of the others.
 */
final class CommonCharacters {

    static final CommonCharacters INSTANCE = new CommonCharacters();

    private final BitSet han = new BitSet(0x10000);
    private final BitSet simplified = new BitSet(0x10000);

    private CommonCharacters() {
        addRows("GB2312", 0xb0, 0xd7, 0xa1, 0xfe);
        simplified.or(han);
        addRows("Big5", 0xa4, 0xc6, 0x40, 0x7e);
        addRows("Big5", 0xa4, 0xc6, 0xa1, 0xfe);
    }

    private void addRows(String charset, int firstLead, int lastLead, int firstTrail, int lastTrail) {
        var decoder = Charset.forName(charset).newDecoder();
        for (int lead = firstLead; lead <= lastLead; lead++) {
            for (int trail = firstTrail; trail <= lastTrail; trail++) {
                try {
                    CharBuffer decoded = decoder.decode(ByteBuffer.wrap(new byte[] {(byte) lead, (byte) trail}));
                    if (decoded.length() == 1 && Character.isIdeographic(decoded.charAt(0))) {
                        han.set(decoded.charAt(0));
                    }
                } catch (CharacterCodingException unassigned) {
                    continue;
                }
            }
        }
    }

    boolean contains(int codePoint) {
        return contains(codePoint, han);
    }

    /** Without those only traditional Chinese uses, which texts in GBK seldom do. */
    boolean simplified(int codePoint) {
        return contains(codePoint, simplified);
    }

    private static boolean contains(int codePoint, BitSet han) {
        if (codePoint < 0x10000 && Character.isIdeographic(codePoint)) {
            return han.get(codePoint);
        }
        return codePoint >= 0x3000 && codePoint <= 0x30ff
                || codePoint >= 0xac00 && codePoint <= 0xd7a3
                || codePoint >= 0xff00 && codePoint <= 0xffef
                || codePoint >= 0x2010 && codePoint <= 0x203a
                || codePoint >= 0x2600 && codePoint <= 0x27bf
                || codePoint >= 0x1f000 && codePoint <= 0x1faff
                || codePoint == 0x200d
                || codePoint == 0xfe0f;
    }
}
