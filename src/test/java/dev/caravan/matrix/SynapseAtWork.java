package dev.caravan.matrix;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests against a real homeserver of their own, where Mara is an ordinary member and no part of any migration. Its fields
 * are not static: two classes run at a time, and would share them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SynapseAtWork {

    Synapse synapse;
    String mara;

    @BeforeAll
    void start(@TempDir Path server) {
        synapse = Synapse.start(server);
        mara = synapse.member("mara");
    }

    @AfterAll
    void stop() {
        if (synapse != null) {
            synapse.close();
        }
    }
}
