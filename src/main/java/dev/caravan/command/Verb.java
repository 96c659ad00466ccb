package dev.caravan.command;

import java.util.concurrent.Callable;

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

    boolean opensPorts() {
        return false;
    }
}
