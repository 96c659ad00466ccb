package dev.caravan.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.caravan.Failpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A run that is killed between its steps, again and again, brings about what one does that is left alone. */
class FailpointsIT {

    @Test
    void killedAtOneStepAfterTheOtherAndLeftAloneAtLastItMakesTheSamePackage(@TempDir Path folder) throws IOException {
        var alone = PackagedApp.demo(Files.createDirectory(folder.resolve("alone")));
        int end = alone.run("run").status();
        var killed = Files.createDirectory(folder.resolve("killed"));
        PackagedApp.demo(killed);
        Failpoints.into(killed.resolve("routes"), "batch", "deliver");

        for (int step : new int[] {1, 12, 25, 38}) {
            var app = PackagedApp.demo(killed).jvm("-D" + Failpoints.PROPERTY + "=" + step);
            assertThat(app.run("run").status()).as("killed at step %d", step).isEqualTo(Failpoints.HALTED);
        }
        var last = PackagedApp.demo(killed).run("run");

        assertThat(last.status()).as(last.err()).isEqualTo(end);
        assertThat(killed.resolve("mattermost.zip")).hasSameBinaryContentAs(folder.resolve("alone/mattermost.zip"));
    }
}
