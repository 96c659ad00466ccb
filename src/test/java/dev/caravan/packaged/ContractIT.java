package dev.caravan.packaged;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.caravan.connector.slack.ExportZip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What scripts and operators rely on: streams, exit status, settings from everywhere, help, and silence about secrets. */
class ContractIT {

    private static final String TOKEN = "xoxe-000000000000-fake";
    private static final String WORD_OF_A_GOOD_MESSAGE = "zanzibarwort";
    private static final String WORD_OF_A_BAD_MESSAGE = "quetzalwort";

    @TempDir
    Path folder;

    /**
     * One run for many promises, as each start costs seconds: one setting from each place that settings come from, port
     * 8080 and 9000 taken, and a good and a bad message whose words may be where messages belong and nowhere else.
     */
    @Test
    void aRunTellsItsAccountOnTheLastLineAndNothingElse() throws IOException {
        ExportZip.of(PackagedApp.SAMPLE)
                .with(
                        "random/2024-03-09.json",
                        """
                        [{"type": "message", "user": "U0ANNA0001", "ts": "1709974800.000100", "text": "%s"},
                         {"type": "message", "user": "U0ANNA0001", "text": "%s"}]"""
                                .formatted(WORD_OF_A_GOOD_MESSAGE, WORD_OF_A_BAD_MESSAGE))
                .write(folder, "export.zip");
        Folders.copy(PackagedApp.PROJECT.resolve("routes"), folder.resolve("routes"));
        Files.writeString(
                folder.resolve("application.properties"),
                """
                caravan.sink.path = mattermost.zip
                caravan.sink.team = overruled
                caravan.sink.bot-owner = admin
                caravan.work-dir = work
                """);
        PackagedApp.Result run;
        try (var taken = portTaken(8080);
                var alsoTaken = portTaken(9000)) {
            run = new PackagedApp(folder)
                    .environment("CARAVAN_SOURCE_PATH", "export.zip")
                    .jvm("-Dcaravan.sink.team=acme")
                    .with("caravan.sink.email-domain", "example.com")
                    .run("run", "--json");
        }

        var account = run.json();
        assertThat(run.out().lines()).as("standard output, diagnostics apart").hasSize(1);
        assertThat(account.fieldNames())
                .toIterable()
                .contains("read", "delivered", "unchanged", "filtered", "dead", "findings", "verdict", "kinds");
        assertThat(account.get("read").asLong()).isEqualTo(125);
        assertThat(Stream.of("delivered", "unchanged", "filtered", "dead")
                        .mapToLong(what -> account.get(what).asLong())
                        .sum())
                .isEqualTo(125);
        assertThat(account.get("dead").asLong()).isPositive();
        assertThat(run.status())
                .isEqualTo("different".equals(account.get("verdict").asText()) ? 4 : 1);
        assertThat(run.err()).doesNotContain("Exception", "\tat ");

        var left = Folders.contents(folder);
        left.put("standard output", run.out().getBytes(StandardCharsets.UTF_8));
        left.put("standard error", run.err().getBytes(StandardCharsets.UTF_8));
        left.keySet().removeIf(name -> name.startsWith("export.zip"));
        assertThat(left).containsKeys("mattermost.zip", "work/ledger.db");
        assertThat(holders(left, "\"acme\"")).as("the team in the package").anyMatch(name -> name.contains(".zip!"));
        assertThat(holders(left, TOKEN)).isEmpty();
        assertThat(holders(left, WORD_OF_A_GOOD_MESSAGE))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("work/stage/") || name.startsWith("mattermost.zip"));
        assertThat(holders(left, WORD_OF_A_BAD_MESSAGE)).allMatch(name -> name.startsWith("work/ledger.db"));
    }

    @Test
    void anExportWithoutDeadLettersEndsWithZero() {
        ExportZip.sound().write(folder, "export.zip");

        var run = PackagedApp.demo(folder)
                .with("caravan.source.path", "export.zip")
                .run("run", "--lang", "zh");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).containsPattern("\\p{IsHan}").contains("消息");
    }

    @Test
    void helpOfEveryCommandCostsNothingAndTouchesNothing() {
        var app = new PackagedApp(folder);
        var top = app.run("--help");
        assertThat(top.status()).isZero();
        assertThat(commandsIn(top.out())).contains("run");

        for (String command : commandsIn(top.out())) {
            helpOf(app, List.of(command));
        }

        assertThat(Folders.names(folder)).isEmpty();
    }

    private static void helpOf(PackagedApp app, List<String> verb) {
        var help = app.run(Stream.concat(verb.stream(), Stream.of("--help")).toArray(String[]::new));
        assertThat(help.status()).as("%s: %s", verb, help.err()).isZero();
        assertThat(help.out()).contains("caravan " + String.join(" ", verb)).doesNotContain("''");
        commandsIn(help.out())
                .forEach(sub ->
                        helpOf(app, Stream.concat(verb.stream(), Stream.of(sub)).toList()));
    }

    /** The commands a help text lists, each at the begin of its line. */
    private static List<String> commandsIn(String help) {
        var list = Pattern.compile("(?s).*^Commands:$", Pattern.MULTILINE).matcher(help);
        return list.find()
                ? Pattern.compile("^ {2}([a-z][a-z-]*)(?= {2,}|$)", Pattern.MULTILINE)
                        .matcher(help.substring(list.end()))
                        .results()
                        .map(found -> found.group(1))
                        .toList()
                : List.of();
    }

    @Test
    void helpSpeaksChineseEvenWhereTheLocaleIsAscii() {
        var help = new PackagedApp(folder).environment("LANG", "C").run("run", "--help", "--lang", "zh");

        assertThat(help.out()).containsPattern("\\p{IsHan}{4}");
    }

    @Test
    void englishIsSpokenOnAChineseMachineWhenAskedFor() {
        var help = new PackagedApp(folder)
                .jvm("-Duser.language=zh", "-Duser.country=CN")
                .run("run", "--help", "--lang=en");

        assertThat(help.out()).contains("Usage").doesNotContainPattern("\\p{IsHan}");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aMistakeOfUseIsToldInALineOrTwo(String name, List<String> command, List<String> said) throws IOException {
        Files.createDirectory(folder.resolve("routes"));
        Files.writeString(folder.resolve("application.properties"), "# one\n# two\ncaravan.mistaken = 1\n");
        if (!name.contains("file")) {
            Files.delete(folder.resolve("application.properties"));
        }
        var before = Folders.names(folder);

        var run = new PackagedApp(folder).run(command.toArray(String[]::new));

        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().count()).as(run.err()).isBetween(1L, 2L);
        assertThat(run.err()).contains(said).doesNotContain("Exception", "SRCFG", "\tat ");
        assertThat(Folders.names(folder)).isEqualTo(before);
    }

    static Stream<Arguments> aMistakeOfUseIsToldInALineOrTwo() {
        return Stream.of(
                Arguments.of("an option that is none", List.of("run", "--mistaken"), List.of("--mistaken")),
                Arguments.of("a command that is none", List.of("mistake"), List.of("mistake")),
                Arguments.of(
                        "a setting that is none",
                        List.of("run", "-D", "caravan.mistaken=1"),
                        List.of("CRV-207", "caravan.mistaken")),
                Arguments.of(
                        "a setting that is none, in the file",
                        List.of("run"),
                        List.of("CRV-207", "caravan.mistaken", "application.properties:3")),
                Arguments.of(
                        "a value that is none",
                        List.of("run", "-D", "caravan.threads=many"),
                        List.of("CRV-201", "caravan.threads", "many")));
    }

    /** A port in use, by this test or by somebody else. */
    private static ServerSocket portTaken(int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(port));
        } catch (BindException alreadyTaken) {
            assertThat(socket.isBound()).isFalse();
        }
        return socket;
    }

    private static List<String> holders(java.util.Map<String, byte[]> files, String word) {
        return files.entrySet().stream()
                .filter(file -> new String(file.getValue(), StandardCharsets.ISO_8859_1).contains(word))
                .map(java.util.Map.Entry::getKey)
                .toList();
    }
}
