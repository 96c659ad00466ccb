package dev.caravan.transport.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that does with each request exactly what the test says, however wrong. */
final class RawServer implements AutoCloseable {

    /** What the server does once it has read a request; true to wait for the next one on the same connection. */
    interface Behaviour {
        boolean answer(Socket connection, int request) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Behaviour behaviour;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();

    RawServer(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/messages");
    }

    int requests() {
        return requests.get();
    }

    int connections() {
        return connections.size();
    }

    static boolean say(Socket connection, String bytes) throws IOException {
        connection.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        connection.getOutputStream().flush();
        return true;
    }

    static boolean ok(Socket connection, String body) throws IOException {
        return say(connection, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private void accept() {
        try {
            while (true) {
                var connection = server.accept();
                connections.add(connection);
                daemon(() -> serve(connection));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var in = new BufferedInputStream(connection.getInputStream());
            while (readRequest(in) && behaviour.answer(connection, requests.incrementAndGet())) {
                // The next request of this connection.
            }
        } catch (IOException | InterruptedException gone) {
            // The peer has gone away, as many tests want it to.
        }
    }

    private static boolean readRequest(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = in.read();
            if (next < 0) {
                return false;
            }
            head.append((char) next);
        }
        var length = head.toString().toLowerCase(java.util.Locale.ROOT).split("content-length: *");
        if (length.length > 1) {
            in.readNBytes(Integer.parseInt(length[1].split("\r")[0]));
        }
        return true;
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var connection : connections) {
            connection.close();
        }
    }
}
