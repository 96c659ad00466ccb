package dev.caravan.fakechat;

import java.nio.file.Path;
import java.util.Random;

import dev.caravan.ledger.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A run to a live target that is killed ends, when it is run again, as if nothing had happened. */
@Timeout(300)
class KillLoopIT {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void killedAtARandomMoment(TestDatabase database) {
        long seed = new Random().nextInt(1_000_000);

        var result = new KillLoop(folder, database).atRandom(seed);

        System.out.println(database + " " + result);
        assertThat(result.faults()).as(result.toString()).isEmpty();
        assertThat(result.killedAt()).as(result.toString()).isNotEmpty().allMatch(taken -> taken >= 1_000);
    }

    @Test
    void killedAtOneStepOfTheRoad() {
        holds(new KillLoop(folder, TestDatabase.SQLITE).atStep(KillLoop.Walk.SMALL, 1 + new Random().nextInt(150)));
    }

    @Test
    void killedAtOneStepOfAReplay() {
        holds(new KillLoop(folder, TestDatabase.SQLITE)
                .atStepOfReplay(KillLoop.Walk.SMALL, 1 + new Random().nextInt(50)));
    }

    private static void holds(KillLoop.Result result) {
        System.out.println(result);
        assertThat(result.faults()).as(result.toString()).isEmpty();
        assertThat(result.killed()).as(result.toString()).isTrue();
    }
}
