package dev.caravan.transform.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.caravan.model.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FingerprintTest {

    @TempDir
    Path folder;

    @Test
    void shouldBeTheSameForTheSameFilesInAnotherPlace() throws IOException {
        write("one/a.camel.yaml", "x");
        write("one/mappings/toy/from/message.jslt", "y");
        var one = Fingerprint.of(folder.resolve("one"), List.of());
        write("two/a.camel.yaml", "x");
        write("two/.a.camel.yaml.swp", "an editor's");
        write("two/notices/slack.en.json", "what people are told");
        write("two/mappings/toy/from/message.jslt", "y");

        var two = Fingerprint.of(folder.resolve("two"), List.of());

        assertThat(two).isEqualTo(one);
        assertThat(two.hashes())
                .containsOnlyKeys("a.camel.yaml", "mappings/toy/from/message.jslt")
                .containsEntry("a.camel.yaml", "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881");
    }

    @Test
    void shouldNameWhatChangedCameAndWent() throws IOException {
        write("one/same.jslt", "x");
        write("one/gone.jslt", "x");
        write("one/edited.jslt", "x");
        var users = write("users.csv", "a,b");
        var before = Fingerprint.of(folder.resolve("one"), List.of(users));
        Files.delete(folder.resolve("one/gone.jslt"));
        write("one/edited.jslt", "y");
        write("one/rules/new.yaml", "x");
        write("users.csv", "a,c");
        var after = Fingerprint.of(folder.resolve("one"), List.of(users));

        assertThat(after.changedFrom(before))
                .containsExactly("edited.jslt", "gone.jslt", "map/users.csv", "rules/new.yaml");
        assertThat(before.changedFrom(before)).isEmpty();
    }

    @Test
    void shouldRefuseTwoMapFilesOfOneNameAndMissingFiles() throws IOException {
        write("one/a.jslt", "x");
        var files = List.of(write("p/map.csv", "1"), write("q/map.csv", "2"));
        assertThatThrownBy(() -> Fingerprint.of(folder.resolve("one"), files))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-508");
        assertThatThrownBy(() -> Fingerprint.of(folder.resolve("one"), List.of(folder.resolve("no.csv"))))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("CRV-505");
    }

    private Path write(String name, String content) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
