package dev.caravan.packaged;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests at the console of one packaged application, with its administrator. Its fields are not static: two classes run at a
 * time, and would share them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConsoleAtWork {

    Path folder;
    ConsoleService service;
    Visitor admin;

    @BeforeAll
    void start(@TempDir Path home) {
        folder = home;
        service = ConsoleService.start(app());
        admin = service.administrator();
    }

    PackagedApp app() {
        return PackagedApp.demo(folder);
    }

    @AfterAll
    void end() {
        service.close();
    }
}
