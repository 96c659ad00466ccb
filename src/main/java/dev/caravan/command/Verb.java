package dev.caravan.command;

import java.util.concurrent.Callable;

import dev.caravan.migration.Settings;
import dev.caravan.model.Words;
import picocli.CommandLine;

/** One command: what the launcher must know of it before Quarkus starts. */
abstract class Verb implements Callable<Integer> {

    @CommandLine.Mixin
    private CommandSettings options;

    CommandSettings options() {
        return options;
    }

    Words words() {
        return CaravanCommand.words();
    }

    /** What must be so before Quarkus starts, when all settings are known to be right. */
    void prepare(Settings settings) {}

    boolean opensPorts() {
        return false;
    }
}
