package dev.caravan;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.Packages.Post;
import dev.caravan.connector.mattermost.MattermostPackageRules;
import dev.caravan.ledger.Findings;
import dev.caravan.ledger.Run;
import dev.caravan.model.Finding;
import dev.caravan.model.Problem;
import dev.caravan.model.Tally;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The operator's user map and channel map: who becomes whom, and which channels become one. */
class IdentityMapsTest {

    @TempDir
    Path folder;

    private final Workspace workspace = new Workspace()
            .user("U1", "ann")
            .user("U2", "annie")
            .user("U3", "ben")
            .channel("C1", "general", "U1", "U2", "U3")
            .channel("C2", "random", "U2", "U3")
            .says("C1", "U1", "1700000000.000000", "one", reactions("U1", "U2", "U3"))
            .says("C2", "U2", "1700000001.000000", "two")
            .says("C1", "U3", "1700000002.000000", "three")
            .direct("D1", "U1", "U2")
            .says("D1", "U1", "1700000003.000000", "to myself");

    private TestMigration migration;

    @BeforeEach
    void set() {
        migration = new TestMigration(folder)
                .with("caravan.source.path", folder.resolve("export.zip").toString())
                .with("caravan.sink.path", folder.resolve("package.zip").toString())
                .with("caravan.sink.team", "acme")
                .with("caravan.sink.email-domain", "example.com");
    }

    @Test
    void aUserGetsNameAddressAndSignInOfTheMap() {
        userMap("source,username,email,auth_service,auth_data\nben@example.com,benno,b@acme.example,saml,b-17\n");
        run();

        var ben = user("benno");
        assertThat(ben.path("email").asText()).isEqualTo("b@acme.example");
        assertThat(ben.path("auth_service").asText()).isEqualTo("saml");
        assertThat(ben.path("auth_data").asText()).isEqualTo("b-17");
    }

    @Test
    void twoUsersBecomeOneWithTheHigherRoleAndTheirTalkIsOneToOneself() {
        workspace.user("{\"id\":\"U4\",\"name\":\"root\",\"is_admin\":true,\"profile\":{\"email\":\"r@example.com\"}}");
        userMap("source,username\nU1,ann\nU2,ann\nU4,ann\n");
        run();

        assertThat(Packages.texts(zip(), "user", "username")).containsExactly("ann", "ben");
        assertThat(user("ann").at("/teams/0/roles").asText()).isEqualTo("team_admin team_user");
        assertThat(user("ann").at("/teams/0/channels"))
                .extracting(channel -> channel.path("name").asText())
                .containsExactly("general", "random");
        assertThat(Packages.lines(zip(), "direct_post").get(0).path("channel_members"))
                .extracting(JsonNode::asText)
                .containsExactly("ann", "ann");
        assertThat(Packages.lines(zip(), "post").get(0).path("reactions"))
                .extracting(reaction -> reaction.path("user").asText())
                .containsExactly("ann", "ben");
        assertThat(findings())
                .extracting(finding -> finding.rule() + " " + finding.sourceId())
                .contains(
                        "mattermost-people-merged ann",
                        "members-merged D1",
                        "mattermost-reaction-merged C1/1700000000.000000");
    }

    @Test
    void aNameOfTheMapGoesToNobodyElse() {
        userMap("source,username\nU3,ann\n");
        run();

        assertThat(Packages.texts(zip(), "user", "username")).hasSize(3).contains("ann", "annie");
        assertThat(Packages.posts(zip())).hasSize(4);
        assertThat(Packages.lines(zip(), "post").get(1).path("user").asText()).isEqualTo("ann");
    }

    @Test
    void channelsOfOneNameBecomeOneInTheOrderOfTheirMessages() {
        channelMap("source,target\nrandom,general\n");
        run();

        assertThat(Packages.texts(zip(), "channel", "name")).containsExactly("general");
        assertThat(Packages.posts(zip()))
                .filteredOn(post -> post.place().equals("general"))
                .extracting(Post::message)
                .containsExactly("one", "two", "three");
    }

    @Test
    void channelsWithOtherReadersAreNotMerged() {
        workspace.privateChannel("G1", "board", "U1");
        channelMap("source,target\nboard,general\n");
        export();

        refused("CRV-215");
    }

    @Test
    void aSkippedChannelIsFilteredByName() {
        channelMap("source,target\nC2,skip\n");
        run();

        assertThat(Packages.texts(zip(), "channel", "name")).containsExactly("general");
        try (var ledger = migration.ledger()) {
            var account = ledger.runs().account(1);
            assertThat(account.counts())
                    .containsEntry(new Tally.Key("channel", Tally.What.FILTERED, "channel-map-skip"), 1L)
                    .containsEntry(new Tally.Key("message", Tally.What.FILTERED, "channel-map-skip"), 1L)
                    .containsEntry(new Tally.Key("membership", Tally.What.FILTERED, "channel-map-skip"), 2L);
            Accounts.assertHolds(account);
        }
    }

    @Test
    void aMapMayBeginWithAByteOrderMark() {
        channelMap("\uFEFFsource,target\nC2,quatsch\n");
        run();

        assertThat(Packages.texts(zip(), "channel", "name")).contains("quatsch");
    }

    @Test
    void aMapInGbkIsRefusedWithAdvice() {
        write("users.csv", "source,username\n王芳,fang\n", Charset.forName("GBK"));
        migration.with("caravan.user-map", folder.resolve("users.csv").toString());
        export();

        refused("CRV-210");
    }

    @Test
    void aNameTheTargetDoesNotTakeIsRefusedBeforeAnythingIsRead() {
        userMap("source,username\nU1,Ann Berg\n");
        export();
        assertThatThrownBy(migration::run).hasMessageContaining("CRV-214").hasMessageContaining("ann.berg");
    }

    @Test
    void anAddressTwoPeopleHaveStaysWithTheFirst() {
        userMap("source,username,email\nU1,ann,team@example.com\nU3,ben,team@example.com\n");
        run();

        assertThat(user("ann").path("email").asText()).isEqualTo("team@example.com");
        assertThat(user("ben").path("email").asText()).isEqualTo("ben@example.com");
        assertThat(findings()).extracting(Finding::rule).contains("mattermost-email-twice");
    }

    private static String reactions(String... users) {
        return "{\"reactions\":[{\"name\":\"wave\",\"count\":" + users.length + ",\"users\":[\""
                + String.join("\",\"", users) + "\"]}]}";
    }

    private void userMap(String csv) {
        write("users.csv", csv, StandardCharsets.UTF_8);
        migration.with("caravan.user-map", folder.resolve("users.csv").toString());
    }

    private void channelMap(String csv) {
        write("channels.csv", csv, StandardCharsets.UTF_8);
        migration.with("caravan.channel-map", folder.resolve("channels.csv").toString());
    }

    private void write(String name, String csv, Charset charset) {
        try {
            Files.writeString(folder.resolve(name), csv, charset);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void export() {
        workspace.export(folder, "export.zip");
    }

    private void run() {
        export();
        assertThat(migration.run()).isEqualTo(Run.State.COMPLETED);
        assertThat(MattermostPackageRules.broken(zip())).isEmpty();
    }

    private void refused(String code) {
        assertThatThrownBy(migration::run).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
    }

    private JsonNode user(String name) {
        return Packages.lines(zip(), "user").stream()
                .filter(user -> user.path("username").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Path zip() {
        return folder.resolve("package.zip");
    }

    private List<Finding> findings() {
        try (var ledger = migration.ledger()) {
            return ledger.findings().page(1, null, 0, 1000).stream()
                    .map(Findings.Stored::finding)
                    .toList();
        }
    }
}
