package dev.caravan.connector.agora;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.agora.AgoraStubAtWork;
import dev.caravan.model.Effect;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.Undo;
import dev.caravan.model.Undone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The sink in a small town. */
abstract class AgoraSinkAtWork extends AgoraStubAtWork {

    static final long OLD = 1_700_000_000_000L;

    AgoraTown town;

    @BeforeEach
    void openTown() {
        stub.settings("{'rates':{'import-users':100000,'import-groups':100000,'export':100000}}");
        town = new AgoraTown(stub);
    }

    @AfterEach
    void closeTown() {
        town.close();
    }

    void bringTown() {
        town.users("anna", "bruno");
        town.group("C1", "anna");
        town.members("C1", "bruno");
        town.messages(town.message("C1", "1", "anna", OLD, "a"));
        town.messages(town.message("anna,bruno", "2", "anna", OLD, "x".repeat(6000)));
    }

    String group() {
        return stub.state().path("groups").fieldNames().next();
    }

    List<Undone> undo(boolean dryRun) {
        List<Effect> latestFirst = new ArrayList<>(town.effects);
        Collections.reverse(latestFirst);
        return town.sink().undo(new Undo(latestFirst, dryRun));
    }

    List<ObjectNode> read(Kind kind) {
        return read(kind, Lane.WHOLE);
    }

    List<ObjectNode> read(Kind kind, Lane lane) {
        var records = new ArrayList<ObjectNode>();
        try (var reader = town.sink().read(new ReadRequest(kind, lane, null))) {
            reader.forEachRemaining(batch -> batch.items().forEach(item -> records.add((ObjectNode) item.source())));
        }
        return records;
    }

    static JsonNode sent(int index) {
        return stub.state().path("messages").path(index);
    }

    static List<Long> times() {
        var times = new ArrayList<Long>();
        stub.state()
                .path("messages")
                .forEach(message -> times.add(message.path("shownAt").asLong()));
        return times;
    }
}
