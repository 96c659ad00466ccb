package dev.caravan.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

import dev.caravan.migration.Settings;
import dev.caravan.model.Problem;

/** Where a service listens, tried before it starts: what fails later fails with a stack trace. */
final class Ports {

    private static final String HOST = "quarkus.http.host";
    private static final String PORT = "quarkus.http.port";
    private static final String THIS_MACHINE = "127.0.0.1";
    private static final int USUAL = 8080;

    private Ports() {}

    /**
     * Also tells Quarkus what it calls by other names.
     *
     * @throws Problem CRV-700 when nothing can listen there
     */
    static void requireFree(Settings.Serve serve) {
        var given = SettingsCheck.sources().build();
        requireFree(
                given.getOptionalValue(HOST, String.class).orElse(THIS_MACHINE),
                given.getOptionalValue(PORT, Integer.class).orElse(USUAL),
                "--port");
        requireFree(serve.managementHost(), serve.managementPort(), "caravan.serve.management-port");
        System.setProperty("quarkus.management.host", serve.managementHost());
        System.setProperty("quarkus.management.port", Integer.toString(serve.managementPort()));
    }

    private static void requireFree(String host, int port, String setting) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException | IllegalArgumentException taken) {
            throw new Problem(taken, "CRV-700", host, port, taken.getMessage(), setting);
        }
    }
}
