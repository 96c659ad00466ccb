package dev.caravan.fakechat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.caravan.Failpoints;
import dev.caravan.command.LiveRun;
import dev.caravan.ledger.EffectState;
import dev.caravan.ledger.Run;
import dev.caravan.ledger.TestDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A rollback that is killed at one step after the other goes on, and at its end tells all it did, over all its parts. */
@Tag("long")
@Timeout(300)
class RollbackKilledIT {

    private static final int ROOMS = 2;
    private static final int MESSAGES = 150;
    private static final int KEPT = 4;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void itGoesOnWhereItWasAndForgetsNothingItKept(TestDatabase database) throws IOException {
        try (var chat = FakeChatProcess.start(folder.resolve("chat"))) {
            var migration = new NumberedMigration(folder)
                    .size(ROOMS, MESSAGES)
                    .to(chat.port())
                    .on(database);
            assertThat(migration.here().run()).isEqualTo(Run.State.COMPLETED);
            // the latest, so that it is kept before the first kill
            var messages = chat.all("messages");
            chat.edit(messages.get(messages.size() - 1), "a person was here");
            Failpoints.into(folder.resolve("routes"), "rollback");

            for (int step : new int[] {4, 6, 13}) {
                assertThat(rollback(migration, step)).as("at step %d", step).isEqualTo(Failpoints.HALTED);
            }
            assertThat(effects(migration, EffectState.STANDS)).isBetween(1L, MESSAGES * (long) ROOMS);
            assertThat(effects(migration, EffectState.KEPT)).isEqualTo(1);
            assertThat(rollback(migration, 0)).as("it kept something").isEqualTo(KEPT);

            assertThat(effects(migration, EffectState.STANDS)).isZero();
            assertThat(Files.readString(folder.resolve("work/report/kept.csv"))).contains("changed-since", "in-use");
            assertThat(chat.held().values().stream().mapToInt(ids -> ids.size()).sum())
                    .as("the message that a person touched")
                    .isEqualTo(1);
        }
    }

    /** @param step at which it is killed, 0 to let it go to its end; the exit status */
    private static int rollback(NumberedMigration migration, int step) {
        try (var process = migration.apart("-D" + LiveRun.ROLLBACK + "=yes", "-D" + Failpoints.PROPERTY + "=" + step)) {
            return process.end();
        }
    }

    private static long effects(NumberedMigration migration, EffectState state) {
        try (var ledger = migration.here().ledger()) {
            return ledger.journal().counts().stream()
                    .filter(count -> count.state() == state)
                    .mapToLong(count -> count.number())
                    .sum();
        }
    }
}
