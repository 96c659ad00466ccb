package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The user or bot line of an account, of the source people who became it ({@link MattermostRule#PEOPLE_MERGED}).
 *
 * @param tag of the highest role among them: {@link StagedLine#ADMIN}, USER, GUEST, BOT
 * @param line profile of the first, by source id, who is not deactivated; a bot's only when all are bots
 */
record Account(char tag, ObjectNode line) {

    private static final List<Character> TAGS =
            List.of(StagedLine.ADMIN, StagedLine.USER, StagedLine.GUEST, StagedLine.BOT);
    private static final List<String> ROLES = List.of("system_admin system_user", "system_user", "system_guest");

    /** @param staged of at least one */
    static Account of(ObjectMapper json, List<StagedLine> staged) throws IOException {
        var lines = new ArrayList<Account>(staged.size());
        for (var one : staged) {
            lines.add(new Account(one.tag(), (ObjectNode) json.readTree(one.bytes(), one.from(), one.length())));
        }
        var first = lines.stream()
                .min(Comparator.comparing(Account::isBot).thenComparing(Account::isDeactivated))
                .orElseThrow();
        var highest = lines.stream()
                .map(Account::tag)
                .min(Comparator.comparing(TAGS::indexOf))
                .orElseThrow();
        if (lines.size() > 1 && !first.isBot()) {
            lines.stream()
                    .filter(one -> !one.isBot())
                    .map(one -> one.line.path("roles").asText())
                    .min(Comparator.comparing(ROLES::indexOf))
                    .ifPresent(roles -> first.line.put("roles", roles));
        }
        return new Account(highest, first.line);
    }

    boolean isBot() {
        return tag == StagedLine.BOT;
    }

    boolean isGuest() {
        return tag == StagedLine.GUEST;
    }

    private boolean isDeactivated() {
        return line.path("delete_at").asLong() != 0;
    }

    String email() {
        return line.path("email").asText().toLowerCase(Locale.ROOT);
    }
}
