package dev.caravan.connector.mattermost;

import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Sees to it that no address and no sign-in is in a package twice, which would end the import
 * ({@link MattermostRule#EMAIL_TWICE}). Who comes first, those imported before all others, keeps it.
 */
final class EmailAddresses {

    private final String domain;
    private final Set<String> taken = new HashSet<>();

    EmailAddresses(String domain) {
        this.domain = domain;
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
