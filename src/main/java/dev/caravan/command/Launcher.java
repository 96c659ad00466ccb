package dev.caravan.command;

import io.quarkus.runtime.annotations.QuarkusMain;

@QuarkusMain
public class Launcher {
    public static void main(String... args) {
        System.err.println("caravan");
    }
}
