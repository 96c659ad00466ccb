package dev.caravan.connector.slack;

import java.nio.file.Path;
import java.util.ArrayList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.caravan.connector.slack.ExportZip.message;
import static org.assertj.core.api.Assertions.assertThat;

class ElementCounterTest {

    @TempDir
    Path folder;

    @Test
    void elementsAreCountedPerFolderAndDayUpToWhereTheyBreak() {
        var file = ExportZip.withGeneral()
                .day("2023-11-14", message("1.0", "a"), "null", "[1,[2]]")
                .day("2023-11-15")
                .day("2023-11-16", message("1.0", "a"), "{\"a\": oops}", message("2.0", "b"))
                .with("general/2023-11-17.json", "[1,{\"a\":\"cut")
                .with("general/2023-11-18.json", "{}")
                .with("general/2023-11-19.json", "[1] x")
                .with("other/2023-11-14.json", "[1,2]")
                .write(folder, "a.zip");
        var counts = new ArrayList<String>();

        new ElementCounter()
                .count(file, (name, day, n, broken) -> counts.add(name + " " + day + " " + n + " " + broken));

        assertThat(counts)
                .containsExactly(
                        "general 2023-11-14 3 false",
                        "general 2023-11-15 0 false",
                        "general 2023-11-16 1 true",
                        "general 2023-11-17 1 true",
                        "general 2023-11-18 0 true",
                        "general 2023-11-19 1 true",
                        "other 2023-11-14 2 false");
    }
}
