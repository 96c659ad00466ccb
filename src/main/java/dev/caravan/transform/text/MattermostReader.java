package dev.caravan.transform.text;

import java.util.function.Predicate;

import dev.caravan.transform.text.CanonicalScanner.Kind;

/** Reads one Mattermost text into canonical form: mentions that exist become references. */
final class MattermostReader {
    private final Predicate<String> isUser;
    private final Predicate<String> isChannel;
    private final NormalForm form = new NormalForm(false);

    MattermostReader(Predicate<String> isUser, Predicate<String> isChannel) {
        this.isUser = name -> MattermostNames.reservedGroup(name) != null || isUser.test(name);
        this.isChannel = isChannel;
    }

    String read(String text) {
        append(text, true);
        return form.out().toString();
    }

    /** Links cannot hold links: inside a label a mention stays text. */
    private void append(String text, boolean mentions) {
        CanonicalScanner scanner = new CanonicalScanner(text);
        while (form.skipPlain(text, scanner).next()) {
            if (scanner.kind() == Kind.LINK) {
                form.out().append('[');
                append(scanner.label(), false);
                form.out().append(scanner.target());
            } else {
                int end = mentions ? mentionEnd(text, scanner) : -1;
                if (end < 0) {
                    form.literal(text, scanner);
                } else {
                    form.mention(text.substring(scanner.start(), end), text, scanner, end);
                }
            }
        }
    }

    private int mentionEnd(String text, CanonicalScanner token) {
        char sign = token.first();
        boolean single = token.kind() == Kind.TEXT && token.end() - token.start() == 1;
        if (!single || sign != '@' && sign != '~' || !MattermostNames.canStart(text, token.start())) {
            return -1;
        }
        int name = token.end();
        int end = MattermostNames.end(text, name, sign == '@' ? isUser : isChannel);
        return end > name ? end : -1;
    }
}
