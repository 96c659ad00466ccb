package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.model.Batch;
import dev.caravan.model.Kind;
import dev.caravan.model.Lane;
import dev.caravan.model.Problem;
import dev.caravan.model.ReadRequest;
import dev.caravan.model.Tally;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MattermostPackageTest {

    private static final Path FOREIGN = Path.of("src/test/resources/mattermost/foreign-export.jsonl");
    private static final String SHA256_OF_THE_FILE = "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73";

    @TempDir
    Path folder;

    private final MattermostMappings mappings = new MattermostMappings();

    @Test
    void shouldReadBackTheMessageThatWasSealed() throws IOException {
        Files.createDirectories(folder.resolve("files"));
        Files.writeString(folder.resolve("files/f"), "content");
        var town = new Town(folder).people("ann", "ben").channel("{id: 'square', type: 'public', name: 'square'}");
        String text = "line of a long text\n".repeat(1500);
        var message = (ObjectNode)
                MattermostMappings.json(
                        """
                {id: 'square/2', channel: 'square', author: 'U-ben', time: 1700000005000000, edited: 1700000006000000,
                 thread: 'square/1', threadTime: 1700000000000000, threadAuthor: 'U-ann', broadcast: true, pinned: true,
                 type: 'bot', alias: 'Tick',
                 reactions: [{emoji: 'wave', users: ['U-ann', 'U-ben']}, {emoji: 'x', users: ['U-ann']}],
                 files: [{id: 'F1', name: 'plan.txt', path: 'f', state: 'present'},
                         {id: 'F2', name: 'gone.txt', size: 5, state: 'deleted'}],
                 cards: [{title: 'T', text: 'x', fields: [{title: 'a', value: 'b', short: true}]}]}""");
        message.put("text", text);
        Path zip = town.message(
                        "{id: 'square/1', channel: 'square', author: 'U-ann', time: 1700000000000000, text: 'root'}")
                .message(message.deepCopy())
                .seal("town.zip");

        var back = town.read(zip, Kind.MESSAGE);

        assertThat(back).hasSize(2);
        var expected = message.deepCopy();
        expected.put("kind", "message").put("author", "ben").put("threadAuthor", "ann");
        expected.set(
                "reactions",
                MattermostMappings.json("[{emoji: 'wave', users: ['ann', 'ben']}, {emoji: 'x', users: ['ann']}]"));
        ((ObjectNode) expected.at("/files/0"))
                .put("path", "bulk-export-attachments/F1_plan.txt")
                .put("sha256", SHA256_OF_THE_FILE);
        var actual = (ObjectNode) back.get(1);
        assertThat(actual.remove("text").asText())
                .isEqualTo(expected.remove("text").asText());
        assertThat(MattermostMappings.json(actual.toString())).isEqualTo(MattermostMappings.json(expected.toString()));
    }

    @Test
    void shouldCountCopiesAndContinuationsApart() throws IOException {
        var town = new Town(folder).people("ann").channel("{id: 'C', type: 'public', name: 'square'}");
        Path zip = town.message("{id: 'C/1', channel: 'C', author: 'U-ann', time: 1700000000000000, text: 'root'}")
                .message((ObjectNode) MattermostMappings.json(
                        "{id: 'C/2', channel: 'C', author: 'U-ann', time: 1700000001000000, thread: 'C/1',"
                                + " broadcast: true, text: '" + "x".repeat(20_000) + "'}"))
                .seal("town.zip");

        var batch = batches(zip, Kind.MESSAGE, null).get(0);

        assertThat(batch.items()).hasSize(2);
        assertThat(batch.tally().of("message", Tally.What.READ)).isEqualTo(3);
        assertThat(batch.tally().of("message", Tally.What.FILTERED)).isEqualTo(1);
        assertThat(batch.tally().of("message", Tally.What.MERGED)).isEqualTo(1);
    }

    @Test
    void shouldReadPeopleConversationsAndMembershipsOfAForeignExport() {
        assertThat(read(FOREIGN, Kind.USER))
                .extracting(user -> user.path("id").asText(), user -> user.path("role")
                        .asText())
                .contains(Tuple.tuple("harry", "admin"))
                .hasSize(5);
        assertThat(read(FOREIGN, Kind.CHANNEL))
                .extracting(channel -> channel.path("id").asText())
                .contains("dumbledores-army", "slytherin:slytherin-common-room");
        assertThat(read(FOREIGN, Kind.MEMBERSHIP))
                .extracting(membership -> membership.path("id").asText())
                .contains("dumbledores-army/ron", "slytherin:slytherin-common-room/malfoy");
        assertThat(read(FOREIGN, Kind.EMOJI)).hasSize(2);
    }

    @Test
    void shouldGiveEveryPostOfAForeignExportAnIdOfItsOwn() {
        assertThat(read(FOREIGN, Kind.MESSAGE))
                .hasSizeGreaterThan(20)
                .extracting(message -> message.path("id").asText())
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldRaiseAReplyThatIsEarlierThanItsRoot() {
        var reply = read(FOREIGN, Kind.MESSAGE).stream()
                .filter(message -> message.path("text").asText().equals("The weather is so hot!"))
                .findFirst()
                .orElseThrow();

        assertThat(reply.path("time")).isEqualTo(reply.path("threadTime"));
    }

    @Test
    void shouldTakeNullForNothingEverywhere() throws IOException {
        Path file = file(
                """
                {"type":"version","version":1}
                {"type":"role","role":{"name":"x"}}
                {"type":"user","user":{"username":"ann","teams":null}}
                {"type":"bot","bot":{"username":"clock","owner":"ann","display_name":null}}
                {"type":"post","post":{"team":"t","channel":"c","user":"ann","message":"m","create_at":5,"props":null,\
                "replies":null,"reactions":null,"attachments":null}}
                """);

        assertThat(read(file, Kind.USER)).hasSize(2);
        assertThat(read(file, Kind.MEMBERSHIP)).isEmpty();
        assertThat(read(file, Kind.MESSAGE))
                .singleElement()
                .satisfies(message -> assertThat(message.path("time").asLong()).isEqualTo(5000));
    }

    @Test
    void shouldGoOnAfterTheLastBatchAlsoInsideALine() throws IOException {
        var lines = new StringBuilder("{\"type\":\"team\",\"team\":{\"name\":\"t\"}}\n");
        for (int root = 1; root <= 3; root++) {
            lines.append(
                            "{\"type\":\"post\",\"post\":{\"team\":\"t\",\"channel\":\"c\",\"user\":\"a\",\"message\":\"m\",")
                    .append("\"create_at\":")
                    .append(root * 10_000)
                    .append(",\"replies\":[");
            for (int reply = 1; reply < 700; reply++) {
                lines.append(reply == 1 ? "" : ",")
                        .append("{\"user\":\"a\",\"message\":\"m\",\"create_at\":")
                        .append(root * 10_000 + reply)
                        .append("}");
            }
            lines.append("]}}\n");
        }
        Path file = file(lines.toString());
        var whole = batches(file, Kind.MESSAGE, null);

        assertThat(whole).extracting(batch -> batch.items().size()).containsExactly(1000, 1000, 100);
        for (int i = 0; i < whole.size(); i++) {
            var rest = batches(file, Kind.MESSAGE, whole.get(i).position());
            assertThat(ids(rest)).isEqualTo(ids(whole.subList(i + 1, whole.size())));
        }
    }

    @Test
    void shouldEndABatchOfLongLinesBeforeItFillsTheMemory() throws IOException {
        var channels = "{\"name\":\"c\",\"roles\":\"channel_user\"},".repeat(10_000);
        var line = "{\"type\":\"user\",\"user\":{\"username\":\"u%d\",\"teams\":[{\"name\":\"t\",\"channels\":["
                + channels.substring(0, channels.length() - 1) + "]}]}}\n";
        var lines = new StringBuilder();
        for (int person = 0; person < 10; person++) {
            lines.append(line.formatted(person));
        }

        assertThat(batches(file(lines.toString()), Kind.USER, null))
                .extracting(batch -> batch.items().size())
                .containsExactly(3, 3, 3, 1);
    }

    @Test
    void shouldKeepABadLineAndGoOn() throws IOException {
        Path file = file(
                """
                {"type":"post","post":{"team":"t","channel":"c","user":"a","message":"one","create_at":1}}
                {"type":"post","post":{"team":"t",
                {"type":"post","post":"text"}
                {"type":"post","post":{"team":"t","channel":"c","user":"a","message":"two","create_at":2}}
                """);
        var batch = batches(file, Kind.MESSAGE, null).get(0);

        assertThat(batch.items()).hasSize(2);
        assertThat(batch.refused())
                .extracting(
                        refusal -> refusal.cause(), refusal -> refusal.origin().index())
                .containsExactly(Tuple.tuple("json-syntax", 1L), Tuple.tuple("not-an-object", 2L));
        assertThat(new String(batch.refused().get(0).raw(), StandardCharsets.UTF_8))
                .isEqualTo("{\"type\":\"post\",\"post\":{\"team\":\"t\",");
        assertThat(batches(file, Kind.USER, null)).isEmpty();
    }

    @Test
    void shouldSayWhichPackageCannotBeRead() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.zip"), "PK no zip");

        for (Path path : List.of(broken, folder.resolve("absent.zip"))) {
            assertThatThrownBy(() -> batches(path, Kind.MESSAGE, null))
                    .isInstanceOf(Problem.class)
                    .hasMessageStartingWith("CRV-407")
                    .hasMessageContaining(path.toString());
        }
    }

    private List<JsonNode> read(Path file, Kind kind) {
        var records = new ArrayList<JsonNode>();
        for (var batch : batches(file, kind, null)) {
            batch.items().forEach(item -> records.add(mappings.from(kind, item.source())));
        }
        return records;
    }

    private static List<String> ids(List<Batch> batches) {
        return batches.stream()
                .flatMap(batch -> batch.items().stream())
                .map(item -> item.source().at("/caravan/id").asText())
                .toList();
    }

    private static List<Batch> batches(Path file, Kind kind, String position) {
        try (var reader = new MattermostPackage()
                .read(new ReadRequest(kind, Lane.WHOLE, position), file.toString(), null, null)) {
            var batches = new ArrayList<Batch>();
            reader.forEachRemaining(batches::add);
            return batches;
        }
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("export.jsonl"), text);
    }
}
