package dev.caravan.transform.cleanse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.Item;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Origin;
import org.junit.jupiter.api.io.TempDir;

/** Records before and after their mapping, and rules to clean them by: those that are shipped, or a test's own. */
abstract class CleansingRecords {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
    static final String MESSAGE =
            "{'kind':'message','id':'C1/1','channel':'C1','author':'U1','time':1600000000123456,'text':'hello','type':'text'}";

    @TempDir
    Path routes;

    final Cleansing shipped = Cleansing.load(Path.of("routes"), BEGAN);

    Cleansing rules(String yaml) throws IOException {
        var file = routes.resolve("rules/cleansing.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, yaml);
        return Cleansing.load(routes, BEGAN);
    }

    static Batch sources(JsonNode... records) {
        return batch(
                Kind.MESSAGE,
                IntStream.range(0, records.length)
                        .mapToObj(n -> item(n, records[n]))
                        .toArray(Item[]::new));
    }

    static Batch canonicals(ObjectNode... records) {
        return batch(
                Kind.MESSAGE,
                IntStream.range(0, records.length)
                        .mapToObj(n -> item(n, json("{}")).withCanonical(records[n]))
                        .toArray(Item[]::new));
    }

    static Batch batch(Kind kind, Item... items) {
        return Batch.read(kind, Lane.of("C1"), null, null, Arrays.asList(items), List.of());
    }

    static Item item(int index, JsonNode source) {
        return Item.read(new Origin("export.zip", "general.json", index, -1), raw(source), source);
    }

    /** Escaped, as half a surrogate pair can stand in a file in no other way. */
    static byte[] raw(JsonNode source) {
        try {
            return JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsBytes(source);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static ObjectNode object(String json) {
        return (ObjectNode) json(json);
    }

    static JsonNode json(String json) {
        try {
            return JSON.readTree(json.replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
