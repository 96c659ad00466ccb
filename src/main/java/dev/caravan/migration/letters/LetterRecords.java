package dev.caravan.migration.letters;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.ledger.Letter;
import dev.caravan.migration.road.Replayed;
import dev.caravan.model.Finding;
import dev.caravan.model.Item;
import dev.caravan.model.Origin;
import dev.caravan.model.Refusal;
import dev.caravan.transform.cleanse.ByteRepair;

/** Makes of a letter the records it holds, as the reader that first met them would. */
final class LetterRecords {

    private final ByteRepair repair;

    LetterRecords(ByteRepair repair) {
        this.repair = repair;
    }

    /** Items, or one refusal when the letter is still unreadable. */
    record Read(List<Item> items, List<Refusal> refused, List<Finding> findings) {}

    Read of(Letter letter) {
        var raw = letter.current();
        if (isUtf8(raw)) {
            return read(letter, raw, List.of());
        }
        var repaired = repair.repair(raw);
        if (repaired.isEmpty()) {
            return refused(letter, "invalid-utf8", repair.proposal(raw));
        }
        var finding = new Finding(
                repaired.get().ruleId(),
                letter.head().kind().word(),
                letter.head().origin().toString(),
                "");
        return read(letter, repaired.get().utf8(), List.of(finding));
    }

    private static Read read(Letter letter, byte[] raw, List<Finding> findings) {
        try {
            var pieces = LetterJson.REST_OF_ENTRY.equals(letter.head().cause())
                    ? LetterJson.objects(raw)
                    : List.of(new LetterJson.Piece(raw, LetterJson.object(raw)));
            return new Read(items(letter, pieces), List.of(), findings);
        } catch (LetterJson.Unreadable e) {
            return refused(letter, e.cause(), e.getMessage());
        }
    }

    /** The letter stands for one record; of several each is a record of its own, and refused on its own. */
    private static List<Item> items(Letter letter, List<LetterJson.Piece> pieces) {
        var items = new ArrayList<Item>(pieces.size());
        for (var piece : pieces) {
            var context = context(letter);
            if (pieces.size() == 1) {
                Replayed.mark(context, letter.head().id(), letter.head().part());
            }
            var tree = piece.tree();
            tree.set(Item.CONTEXT, context);
            items.add(Item.read(place(letter.head().origin(), items.size()), piece.raw(), tree));
        }
        return items;
    }

    private static Origin place(Origin first, int following) {
        return following == 0
                ? first
                : new Origin(first.archive(), first.entry(), Math.max(0, first.index()) + following, -1);
    }

    private static ObjectNode context(Letter letter) {
        JsonNode known = letter.context();
        var context = known instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        context.remove(Refusal.PROPOSALS);
        return context;
    }

    private static Read refused(Letter letter, String cause, String detail) {
        var head = letter.head();
        var context = context(letter);
        Replayed.mark(context, head.id(), head.part());
        var refusal = new Refusal(
                head.kind(),
                head.part(),
                head.sourceId(),
                head.conversation(),
                head.time(),
                head.origin(),
                letter.current(),
                context,
                "read",
                cause,
                detail);
        return new Read(List.of(), List.of(refusal), List.of());
    }

    private static boolean isUtf8(byte[] raw) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
