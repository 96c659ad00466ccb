package dev.caravan.transform.cleanse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.BitSet;

/**
 * UTF-8 read as GBK: three characters of rare Han for two of the text. Chinese texts that happen to be valid UTF-8 when
 * written in GBK exist, but are short, of common characters, and make no common text when read so.
 */
final class GbkReading implements Mojibake.Reading {

    private static final Charset GB18030 = Charset.forName("GB18030");

    /** GBK as Windows has it: a few signs differ, and a byte 80 alone is the euro sign. */
    private static final Charset WINDOWS = Charset.forName("x-mswin-936");

    private static final char LOST = '\ufffd';
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbf, (byte) 0xbd};
    private static final int FEW = 3;
    private static final int MANY = 8;
    private static final double MOSTLY = 0.8;
    private static final double NOT_MOSTLY = 0.7;

    private final CommonCharacters common = CommonCharacters.INSTANCE;
    private final BitSet beginnings = new BitSet(0x10000);

    GbkReading() {
        for (int lead = 0xc3; lead <= 0xf0; lead++) {
            for (int trail = 0x80; trail < 0xc0; trail++) {
                var decoded = Utf8.decode(new byte[] {(byte) lead, (byte) trail}, GB18030);
                if (decoded != null && (lead >= 0xe2 || lead <= 0xc5)) {
                    beginnings.set(decoded.charAt(0));
                }
            }
        }
    }

    @Override
    public boolean suspects(String text, int firstNonAscii) {
        return beginnings.get(text.charAt(firstNonAscii));
    }

    @Override
    public Mojibake.Verdict judge(String text) {
        var decoded = decode(text, WINDOWS);
        decoded = decoded == null ? decode(text, GB18030) : decoded;
        if (decoded == null) {
            return lossy(text);
        }
        long all = decoded.codePoints().filter(c -> c >= 0x80).count();
        if (all == 0) {
            return Mojibake.Verdict.CLEAN;
        }
        boolean possible = decoded.codePoints().allMatch(c -> c < 0x80 || Utf8.plausible(c));
        double after = share(decoded);
        long wide = decoded.codePoints().filter(c -> c >= 0x800).count();
        // Each sequence of three fits by chance once in some hundred texts: of many, the fit alone is proof.
        boolean clear =
                all >= FEW && after >= MOSTLY && share(text) <= NOT_MOSTLY || wide >= MANY && wide >= MOSTLY * all;
        if (possible && clear) {
            return Mojibake.Verdict.repaired(decoded);
        }
        return all > 1 || after > 0 || latin(decoded) ? Mojibake.Verdict.LEFT : Mojibake.Verdict.CLEAN;
    }

    private static String decode(String text, Charset charset) {
        var bytes = Utf8.encode(text, charset);
        return bytes == null ? null : Utf8.decode(bytes);
    }

    private double share(String text) {
        long all = text.codePoints().filter(c -> c >= 0x80).count();
        return (double) text.codePoints()
                        .filter(c -> c >= 0x80 && common.contains(c))
                        .count()
                / all;
    }

    private static boolean latin(String decoded) {
        return decoded.codePoints().allMatch(c -> c < 0x180);
    }

    /** An odd last byte was lost to a question mark or to U+FFFD: not to be read back, but to be noticed. */
    private Mojibake.Verdict lossy(String text) {
        var bytes = text.replace(LOST, '?').getBytes(WINDOWS);
        var proposal = new ByteArrayOutputStream();
        int whole = 0;
        int broken = 0;
        for (int i = 0; i < bytes.length; i++) {
            int length = bytes[i] < 0 ? Utf8.sequence(bytes, i) : 1;
            if (length > 2) {
                whole++;
            }
            if (bytes[i] < 0 && length < 3) {
                broken++;
                proposal.writeBytes(MARK);
                boolean replaced = i + 1 < bytes.length && bytes[i + 1] == '?';
                i += replaced ? 1 : 0;
            } else {
                proposal.write(bytes, i, length);
                i += length - 1;
            }
        }
        if (whole < 2 || whole < FEW * broken) {
            return Mojibake.Verdict.CLEAN;
        }
        var decoded = Utf8.decode(proposal.toByteArray());
        boolean sure = decoded != null
                && whole >= MANY
                && shows(text)
                && share(decoded.replace(String.valueOf(LOST), "")) >= MOSTLY
                && share(text) <= NOT_MOSTLY;
        return sure ? Mojibake.Verdict.lost(decoded) : Mojibake.Verdict.LEFT;
    }

    /** Whether all of it could come from that code page, but for the sign of a loss. */
    private static boolean shows(String text) {
        return Utf8.encode(text.replace(LOST, '?'), WINDOWS) != null;
    }
}
