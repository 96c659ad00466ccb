package dev.caravan.connector.mattermost;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Sees to it that no address and no sign-in is in a package twice, which would end the import
 * ({@link MattermostRule#EMAIL_TWICE}). Who comes first, those imported before all others, keeps it.
 */
final class EmailAddresses {

    /** Bytes, of an address and of what identifies somebody at an auth service. */
    private static final int MAX_BYTES = 128;

    /** What RFC 5322 lets an address be without quotes or comments, as the server's parser wants it. */
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s@<>()\\[\\],;:\\\\\"\\p{Cntrl}]+@[^\\s@<>()\\[\\],;:\\\\\"\\p{Cntrl}]+");

    private static final Pattern DOTS = Pattern.compile("^\\.|\\.@|@\\.|\\.\\.|\\.$");

    private final String domain;
    private final Set<String> taken = new HashSet<>();

    EmailAddresses(String domain) {
        this.domain = domain;
    }

    /** Whether the server takes it. */
    static boolean valid(String address) {
        return fits(address)
                && ADDRESS.matcher(address).matches()
                && !DOTS.matcher(address).find();
    }

    static boolean fits(String data) {
        return data.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }

    /** Somebody imported has the own address, or the one that was made when it was taken. */
    void keep(Account account, String name) {
        taken.add(account.email());
        taken.add(made(name));
        taken.add(signIn(account.line()));
    }

    /** @return whether the line had to be changed */
    boolean claim(ObjectNode line, String email, String name) {
        boolean free = taken.add(email);
        if (!free) {
            var made = made(name);
            line.put("email", taken.add(made) ? made : Digests.hash8(name) + "." + made);
        }
        boolean ownSignIn = !line.has("auth_data") || taken.add(signIn(line));
        if (!ownSignIn) {
            line.set("auth_data", line.get("email"));
        }
        return !free || !ownSignIn;
    }

    private String made(String name) {
        return name + "@" + domain;
    }

    private static String signIn(ObjectNode line) {
        return line.path("auth_service").asText() + " " + line.path("auth_data").asText();
    }
}
