package dev.caravan.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** The packaged application as a service that is ready, with the sample export beside it. */
final class ConsoleService implements AutoCloseable {

    static final String ADMIN = "admin";
    static final String PASSWORD = "correct horse battery";

    /** Others may be at work on the same machine. */
    private static final Duration LONGEST_START = Duration.ofMinutes(4);

    private final Path folder;
    private final int port;
    private final int managementPort;
    private final PackagedApp.Running running;

    private ConsoleService(Path folder, int port, int managementPort, PackagedApp.Running running) {
        this.folder = folder;
        this.port = port;
        this.managementPort = managementPort;
        this.running = running;
    }

    static ConsoleService start(PackagedApp app, String... options) {
        try (var free = new ServerSocket(0);
                var alsoFree = new ServerSocket(0)) {
            var command = new ArrayList<>(List.of("serve", "--port", Integer.toString(free.getLocalPort())));
            command.addAll(List.of(options));
            app.with("caravan.serve.management-port", Integer.toString(alsoFree.getLocalPort()));
            free.close();
            alsoFree.close();
            var service = new ConsoleService(
                    app.folder(),
                    free.getLocalPort(),
                    alsoFree.getLocalPort(),
                    app.start(command.toArray(String[]::new)));
            service.awaitReady();
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        var http = HttpClient.newHttpClient();
        var ready = HttpRequest.newBuilder(uri("/health/ready")).build();
        Awaitility.await()
                .atMost(LONGEST_START)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() ->
                        http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
    }

    static ConditionFactory within() {
        return Awaitility.await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(200));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Where metrics are, and the details of health. */
    URI management(String path) {
        return URI.create("http://127.0.0.1:" + managementPort + path);
    }

    PackagedApp.Running running() {
        return running;
    }

    Path passwordFile() {
        return folder.resolve("caravan-work/console-password.txt");
    }

    String oneTimePassword() {
        try {
            return Files.readString(passwordFile()).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The administrator, with {@link #PASSWORD} chosen for the first time. */
    Visitor administrator() {
        var visitor = new Visitor(this);
        visitor.signIn(ADMIN, oneTimePassword());
        visitor.choosePassword(PASSWORD);
        return visitor;
    }

    @Override
    public void close() {
        running.process().destroyForcibly();
    }
}
