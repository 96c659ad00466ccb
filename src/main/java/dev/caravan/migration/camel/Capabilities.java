package dev.caravan.migration.camel;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.model.Kind;
import dev.caravan.model.Problem;

/**
 * What a sink can do, as annotations of its Kamelet declare it. A sink that declares nothing stages a file: it holds
 * everything, takes any batch whole and lets a record be staged again.
 *
 * @param live talks to a running system ({@code caravan.dev/live})
 * @param idempotent sending a record twice leaves one ({@code caravan.dev/idempotent}); else it is written down before it
 *     is sent
 * @param looksUp kinds of which it can say whether a record arrived: those its look-up Kamelet declares
 *     ({@code caravan.dev/kinds}), all when it declares none, none without such a Kamelet
 * @param portion most records it takes at once ({@code caravan.dev/portion})
 * @param edits can replace what it holds ({@code caravan.dev/edits})
 * @param kinds what it can hold ({@code caravan.dev/kinds})
 * @param takesBack kinds that a rollback can remove: those its undo Kamelet declares, as with look-ups
 * @param order what it wants of the order of records ({@code caravan.dev/order})
 */
public record Capabilities(
        boolean live,
        boolean idempotent,
        Set<Kind> looksUp,
        int portion,
        boolean edits,
        Set<Kind> kinds,
        Set<Kind> takesBack,
        Order order) {

    /** What a sink wants of the order in which records come. */
    public enum Order {
        /** Nothing. */
        ANY,
        /** Oldest first inside a conversation; conversations come as one likes. */
        IN_CONVERSATION,
        /** Conversations in the order of their names as well. */
        FIXED;

        private static Order of(String sink, String word) {
            for (var order : values()) {
                if (order.name().equals(word.strip().toUpperCase(Locale.ROOT).replace('-', '_'))) {
                    return order;
                }
            }
            if (word.isBlank()) {
                return IN_CONVERSATION;
            }
            throw new Problem("CRV-448", sink, word);
        }
    }

    private static final String PREFIX = "caravan.dev/";

    /** @throws Problem CRV-448 for an order that is none */
    public static Capabilities of(String sinkKind, Path routes) {
        var annotations = KameletDefinition.get(routes, sinkKind + "-sink").annotations();
        return new Capabilities(
                flag(annotations, "live", false),
                flag(annotations, "idempotent", true),
                kindsOf(routes, sinkKind + "-look-up-action"),
                annotations.path(PREFIX + "portion").asInt(Integer.MAX_VALUE),
                flag(annotations, "edits", true),
                kinds(annotations.path(PREFIX + "kinds").asText()),
                kindsOf(routes, sinkKind + "-undo-action"),
                Order.of(sinkKind + "-sink", annotations.path(PREFIX + "order").asText()));
    }

    private static Set<Kind> kindsOf(Path routes, String kamelet) {
        return KameletDefinition.find(routes, kamelet)
                .map(found -> kinds(found.annotations().path(PREFIX + "kinds").asText()))
                .orElse(EnumSet.noneOf(Kind.class));
    }

    private static boolean flag(JsonNode annotations, String name, boolean otherwise) {
        return annotations.path(PREFIX + name).asBoolean(otherwise);
    }

    private static Set<Kind> kinds(String words) {
        var kinds = EnumSet.noneOf(Kind.class);
        Arrays.stream(words.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .map(Kind::of)
                .forEach(kinds::add);
        return kinds.isEmpty() ? EnumSet.allOf(Kind.class) : kinds;
    }
}
