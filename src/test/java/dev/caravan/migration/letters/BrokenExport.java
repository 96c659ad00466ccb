package dev.caravan.migration.letters;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.caravan.connector.slack.ExportZip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** A small export in two versions, broken and mended, and the edits that lead from one to the other. */
final class BrokenExport {

    /** A message that lacks its time. */
    static final String NO_TS = "general/2024-01-01.json#2";
    /** A string where a message belongs. */
    static final String STRING = "general/2024-01-01.json#1";
    /** Three messages behind a break in the JSON. */
    static final String REST = "general/2024-01-02.json#1";

    private static final String CHANNELS =
            """
            [{"id":"C1","name":"general","members":["U1","U2"],"pins":[{"id":"1704067203.000100","type":"C"}]},
             {"id":"C2","name":"random","members":["U1","U2"]}]""";

    private final ExportZip broken = new ExportZip();
    private final ExportZip mended = new ExportZip();
    private final Map<String, byte[]> edits = new LinkedHashMap<>();

    BrokenExport() {
        both("channels.json", CHANNELS);
        entry(
                "users.json",
                sound("{\"id\":\"U1\",\"name\":\"ada\"}"),
                sound("{\"id\":\"U2\",\"name\":\"bob\"}"),
                bad("\"cid\"", "{\"id\":\"U3\",\"name\":\"cid\"}"));
        entry(
                "general/2024-01-01.json",
                sound(message("1704067200.000100", "root")),
                bad("\"a string\"", message("1704067201.000100", "was a string")),
                bad(
                        "{\"type\":\"message\",\"user\":\"U2\",\"text\":\"no ts\"}",
                        "{\"type\":\"message\",\"user\":\"U2\",\"text\":\"no ts\",\"ts\":\"1704067202.000100\"}"),
                bad(
                        "{\"type\":\"message\",\"user\":\"U1\",\"user\":\"U1\",\"ts\":\"1704067203.000100\"}",
                        "{\"type\":\"message\",\"user\":\"U1\",\"text\":\"pinned\",\"ts\":\"1704067203.000100\","
                                + "\"reactions\":[{\"name\":\"wave\",\"users\":[\"U1\",\"U2\"],\"count\":2}],"
                                + "\"edited\":{\"user\":\"U1\",\"ts\":\"1704067300.000000\"}}"),
                bad(message("1704067204.000100", "\u00c3\u0080\u00ff\u0081"), message("1704067204.000100", "umlauts")),
                bad(
                        message("9904067205.000100", "far from now"),
                        message("1704067205.000100", "a reply").replace("}", ",\"thread_ts\":\"1704067200.000100\"}")),
                sound(message("1704067206.000100", "last")));
        rest(
                "general/2024-01-02.json",
                sound(message("1704153600.000100", "before the break")),
                bad("{\"type\":\"message\" oops", message("1704153601.000100", "the break")),
                sound(message("1704153602.000100", "after the break")),
                sound("{\"type\":\"message\",\"user\":\"U9\",\"text\":\"who\",\"ts\":\"1704153603.000100\"}"));
        entry(
                "random/2024-01-01.json",
                sound(message("1704067200.000200", "elsewhere")),
                bad("null", message("1704067201.000200", "was null")));
    }

    Path broken(Path folder) {
        return broken.write(folder, "export.zip");
    }

    Path mended(Path folder) {
        return mended.write(folder, "export.zip");
    }

    /** What each letter is to be edited to, by entry and index. */
    Map<String, byte[]> edits() {
        return edits;
    }

    private record Element(byte[] bytes, byte[] asMended) {}

    private static Element sound(String json) {
        return new Element(json.getBytes(UTF_8), null);
    }

    private static Element bad(String bytes, String mended) {
        return new Element(bytes.getBytes(ISO_8859_1), mended.getBytes(UTF_8));
    }

    private static String message(String ts, String text) {
        return ExportZip.message(ts, text);
    }

    private void both(String entry, String json) {
        broken.with(entry, json);
        mended.with(entry, json);
    }

    private void entry(String name, Element... elements) {
        var before = new ArrayList<byte[]>();
        var after = new ArrayList<byte[]>();
        for (var element : elements) {
            if (element.asMended != null) {
                edits.put(name + "#" + before.size(), element.asMended);
            }
            before.add(element.bytes);
            after.add(element.asMended == null ? element.bytes : element.asMended);
        }
        broken.with(name, array(before));
        mended.with(name, array(after));
    }

    /** From the bad element on everything is one letter, the closing bracket included. */
    private void rest(String name, Element... elements) {
        entry(name, elements);
        var rest = new ArrayList<byte[]>();
        int first = -1;
        for (int i = 0; i < elements.length; i++) {
            first = first < 0 && elements[i].asMended != null ? i : first;
            if (first >= 0) {
                rest.add(elements[i].asMended == null ? elements[i].bytes : elements[i].asMended);
            }
        }
        var list = array(rest);
        edits.put(name + "#" + first, Arrays.copyOfRange(list, 1, list.length));
    }

    private static byte[] array(List<byte[]> elements) {
        var texts = elements.stream()
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .toList();
        return ("[" + String.join(",\n", texts) + "]").getBytes(ISO_8859_1);
    }
}
