package dev.caravan.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * In which bytes the command speaks: the locale's, and UTF-8 where there is none. Containers and cron start programs
 * without a locale, and Java would print every Chinese character as "?".
 */
final class Encoding {

    private static final boolean NO_LOCALE = Charset.defaultCharset().equals(StandardCharsets.US_ASCII);

    private Encoding() {}

    /** Lets the two standard streams speak it. */
    static void speak() {
        if (NO_LOCALE) {
            System.setOut(stream(FileDescriptor.out));
            System.setErr(stream(FileDescriptor.err));
        }
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** For those who encode themselves what they print. */
    static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, NO_LOCALE ? StandardCharsets.UTF_8 : Charset.defaultCharset());
    }
}
