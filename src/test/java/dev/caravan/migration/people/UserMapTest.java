package dev.caravan.migration.people;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import dev.caravan.TestMigration;
import dev.caravan.connector.mattermost.MattermostNames;
import dev.caravan.migration.IdentityMapFiles;
import dev.caravan.migration.people.UserMap.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The user map, changed entry by entry without harm to the rest of it. */
class UserMapTest {

    @TempDir
    Path folder;

    @Test
    void an_entry_takes_the_place_of_the_one_before_and_leaves_the_rest() throws IOException {
        var file = folder.resolve("map.csv");
        Files.writeString(file, "\uFEFFsource,remark,username\nU1,\"boss, the\",ann\nu2,,bob\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        var map = map(with(file));

        var before = map.put(List.of(Entry.of("U2", "Robert", "r@new.example"), Entry.of("U3", "cy", "")));

        assertThat(before).containsExactly(Entry.of("u2", "bob", ""));
        assertThat(Files.readString(file))
                .isEqualTo("source,username,email,auth_service,auth_data,remark\n"
                        + "U1,ann,,,,\"boss, the\"\nU2,robert,r@new.example,,,\nU3,cy,,,,\n");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThat(IdentityMapFiles.read(with(file).settings()).users()).hasSize(3);
    }

    @Test
    void without_a_map_that_is_set_one_in_the_work_directory_serves() {
        var migration = new TestMigration(folder);
        map(migration).put(List.of(Entry.of("U1", "ann", "")));

        assertThat(folder.resolve("work/user-map.csv")).exists();
        assertThat(IdentityMapFiles.read(migration.settings()).users()).containsKey("u1");
    }

    @Test
    void an_entry_that_serves_nothing_changes_nothing() throws IOException {
        var file = folder.resolve("map.csv");
        Files.writeString(file, "source,username\n");
        var map = map(with(file));

        assertThatThrownBy(() -> map.put(List.of(Entry.of("U1", "Not A Name", ""))))
                .hasMessageContaining("CRV-214");
        assertThatThrownBy(() -> map.put(List.of(Entry.of("U1", " ", "")))).hasMessageContaining("CRV-647");
        assertThatThrownBy(() -> map.put(List.of(Entry.of("U1\nU2", "ann", ""))))
                .hasMessageContaining("CRV-647");
        assertThat(Files.readString(file)).isEqualTo("source,username\n");
    }

    private TestMigration with(Path file) {
        return new TestMigration(folder).with("caravan.user-map", file.toString());
    }

    private static UserMap map(TestMigration migration) {
        return new UserMap(migration.settings(), List.of(new MattermostNames()));
    }
}
