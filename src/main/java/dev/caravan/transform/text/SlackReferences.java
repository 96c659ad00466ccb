package dev.caravan.transform.text;

/**
 * What Slack writes between angle brackets: links, mentions and dates.
 *
 * @see <a href="https://docs.slack.dev/messaging/formatting-message-text">Formatting message text</a>
 */
final class SlackReferences {
    private SlackReferences() {}

    /** Appends the token (without its angle brackets); false if it is none of Slack's, so that it is literal text. */
    static boolean append(Inlines out, String token, int style) {
        int bar = token.indexOf('|');
        String target = bar < 0 ? token : token.substring(0, bar);
        String label = bar < 0 ? "" : SlackEntities.decode(token.substring(bar + 1));
        if (target.length() < 2 || label.isBlank() && bar == 0) {
            return false;
        }
        String rest = target.substring(1);
        switch (target.charAt(0)) {
            case '@' -> user(out, rest, label, style);
            case '#' -> channel(out, rest, label, style);
            case '!' -> special(out, rest, label, style);
            default -> {
                if (!isAddress(target)) {
                    return false;
                }
                link(out, SlackEntities.decode(target), label, style);
            }
        }
        return true;
    }

    /** The token as Slack shows it inside code, where nothing is a link; the token itself if it is none of Slack's. */
    static String plain(String token) {
        int bar = token.indexOf('|');
        String target = bar < 0 ? token : token.substring(0, bar);
        String label = bar < 0 ? "" : SlackEntities.decode(token.substring(bar + 1));
        char kind = target.isEmpty() ? ' ' : target.charAt(0);
        boolean isMention = target.length() > 1 && (kind == '@' || kind == '#' || kind == '!');
        if (!isMention && !isAddress(target)) {
            return "<" + SlackEntities.decode(token) + ">";
        }
        if (!isMention) {
            return label.isBlank() ? SlackEntities.decode(target) : label;
        }
        String name = label.isBlank() ? SlackEntities.decode(target.substring(1)) : label;
        return kind == '!' ? (label.isBlank() ? "@" + name : name) : withSign(kind, name);
    }

    static void user(Inlines out, String id, String label, int style) {
        CanonicalLinks.reference(out, "user", id, withSign('@', label.isBlank() ? id : label), null, style);
    }

    static void channel(Inlines out, String id, String label, int style) {
        CanonicalLinks.reference(out, "channel", id, withSign('#', label.isBlank() ? id : label), null, style);
    }

    static void group(Inlines out, String id, String label, int style) {
        CanonicalLinks.reference(out, "group", id, withSign('@', label.isBlank() ? id : label), null, style);
    }

    /** A link, which is a reference if it is the permalink of a message. */
    static void link(Inlines out, String url, String label, int style) {
        String address = SlackPermalinks.withoutToken(url);
        String text = label.isBlank() ? shownAddress(address) : label;
        String message = SlackPermalinks.messageId(address);
        if (message != null) {
            CanonicalLinks.reference(out, "message", message, text, address, style);
        } else {
            CanonicalLinks.link(out, address, text, style);
        }
    }

    private static void special(Inlines out, String command, String label, int style) {
        if (command.equals("here") || command.equals("channel") || command.equals("everyone")) {
            group(out, command, "", style);
        } else if (command.startsWith("subteam^")) {
            group(out, command.substring("subteam^".length()), label, style);
        } else if (command.startsWith("date^")) {
            date(out, command, label, style);
        } else {
            out.text(label.isBlank() ? "@" + SlackEntities.decode(command) : label, style);
        }
    }

    /** {@code date^<seconds>^<format>[^<link>]}: its fallback is the only rendering that needs no reader's time zone. */
    private static void date(Inlines out, String command, String fallback, int style) {
        String[] parts = command.split("\\^", 4);
        String text = fallback.isBlank() && parts.length > 1 ? parts[1] : fallback;
        if (parts.length == 4 && isAddress(parts[3])) {
            link(out, SlackEntities.decode(parts[3]), text, style);
        } else {
            out.text(text, style);
        }
    }

    private static String withSign(char sign, String name) {
        return name.charAt(0) == sign ? name : sign + name;
    }

    private static String shownAddress(String address) {
        for (String scheme : new String[] {"mailto:", "tel:"}) {
            if (address.startsWith(scheme) && address.length() > scheme.length()) {
                return address.substring(scheme.length());
            }
        }
        return address;
    }

    private static boolean isAddress(String target) {
        int colon = target.indexOf(':');
        if (colon < 2 || colon + 1 == target.length()) {
            return false;
        }
        for (int i = 0; i < colon; i++) {
            char c = target.charAt(i);
            if (c >= 128 || !Character.isLetterOrDigit(c) && "+.-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
