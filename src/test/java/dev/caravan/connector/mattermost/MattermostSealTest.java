package dev.caravan.connector.mattermost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class MattermostSealTest {

    @TempDir
    Path folder;

    @Test
    void shouldWriteAPackageThatAPersonCanRead() throws IOException {
        Path zip = smallTown().seal("town.zip");

        assertThat(MattermostPackageRules.broken(zip)).isEmpty();
        assertThat(Town.lines(zip))
                .containsExactlyElementsOf(Files.readAllLines(Path.of("src/test/resources/mattermost/town.jsonl")));
    }

    private Town smallTown() throws IOException {
        Files.createDirectories(folder.resolve("files/F1"));
        Files.writeString(folder.resolve("files/F1/plan.txt"), "north, then east");
        Files.writeString(folder.resolve("files/camel.png"), "not really a picture");
        return new Town(folder)
                .emoji("{id: 'camel', name: 'our-camel', path: 'camel.png'}")
                .user("{id: 'U1', name: 'alice', displayName: 'Alice Liddell', email: 'alice@example.org',"
                        + " role: 'owner', locale: 'en-GB', title: 'Lead'}")
                .user("{id: 'U2', name: '张伟', displayName: '张伟', email: 'zw@example.org', locale: 'zh-Hans-CN'}")
                .user("{id: 'U3', name: 'gus', role: 'guest'}")
                .user("{id: 'U4', name: 'gone', deleted: true, updated: 1600000000000000}")
                .user("{id: 'B1', name: 'clockbot', bot: true, displayName: 'Clock'}")
                .channel("{id: 'C1', type: 'public', name: 'general', topic: 'All of us', purpose: 'Talk'}")
                .channel("{id: 'C2', type: 'private', name: 'Board Room', archived: true,"
                        + " archivedAt: 1700000500000000}")
                .channel("{id: 'D1', type: 'direct', name: '', members: ['U1', 'U2']}")
                .channel("{id: 'D2', type: 'direct', name: '', members: ['U1']}")
                .member("C1", "U1", "admin")
                .member("C1", "U2", "member")
                .member("C1", "U3", "guest")
                .member("C2", "U1", "member")
                .message("{id: 'C1/1', channel: 'C1', author: 'U1', time: 1700000000000100, text: 'Hello',"
                        + " pinned: true, reactions: [{emoji: 'wave::skin-tone-2', users: ['U2', 'U3']}]}")
                .message("{id: 'C1/2', channel: 'C1', author: 'U2', time: 1700000000000200, text: 'Same ms',"
                        + " reactions: [{emoji: 'our-camel', users: ['U1']}]}")
                .message("{id: 'C1/3', channel: 'C1', author: 'U3', time: 1700000001000000, thread: 'C1/1',"
                        + " text: 'Ask [Wei](caravan:user/U2) in [x](caravan:channel/C2)', broadcast: true}")
                .message("{id: 'C1/4', channel: 'C1', author: 'B1', time: 1700000002000000, type: 'bot',"
                        + " alias: 'Tick', text: 'Noon', cards: [{title: 'Time', text: '12:00'}]}")
                .message("{id: 'C1/5', channel: 'C1', author: 'U4', time: 1700000003000000, edited: 1700000009000000,"
                        + " text: 'Files', files: [{id: 'F1', name: 'plan.txt', state: 'present', path: 'F1/plan.txt'},"
                        + " {id: 'F2', name: 'map.png', size: 77, state: 'deleted'}]}")
                .message("{id: 'D1/1', channel: 'D1', author: 'U1', time: 1700000000000000, type: 'me', text: 'waves'}")
                .message("{id: 'D2/1', channel: 'D2', author: 'U1', time: 1700000000000000, text: 'Note to self'}");
    }

    @Test
    void shouldWriteTheSameBytesTwice() throws IOException {
        var town = smallTown();

        assertThat(town.seal("a.zip")).hasSameBinaryContentAs(town.seal("b.zip"));
    }

    @Test
    void shouldLeaveNothingBesideThePackage() throws IOException {
        smallTown().seal("town.zip");

        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("files", "stage", "town.zip");
    }
}
