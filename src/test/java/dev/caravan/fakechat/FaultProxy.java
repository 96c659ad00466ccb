package dev.caravan.fakechat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network between a client and a server on this machine, which a test can break. All methods may be called by any
 * thread at any time, and work on open connections as on new ones.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;
    private static final int MOST_CONNECTIONS = 1000;

    private final InetSocketAddress server;
    private final InetSocketAddress here;
    private final Set<Pipe> pipes = ConcurrentHashMap.newKeySet();
    private final Gate gate = new Gate();
    private ServerSocket door;

    public FaultProxy(int serverPort) {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
        door = open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        here = (InetSocketAddress) door.getLocalSocketAddress();
    }

    public int port() {
        return here.getPort();
    }

    /** Nothing is broken (any more). */
    public synchronized void pass() {
        gate.pass();
        if (door.isClosed()) {
            door = open(here);
        }
    }

    /** Resets all connections there are; new ones are not touched. */
    public void cut() {
        pipes.forEach(Pipe::reset);
    }

    /** Resets all connections and takes no more, until {@link #pass}. */
    public synchronized void refuse() {
        closeQuietly(door);
        cut();
    }

    /** Connections are taken, but no byte moves, until {@link #pass}. */
    public void freeze() {
        gate.freeze();
    }

    /** Every portion of bytes waits so long, each way. */
    public void delay(Duration time) {
        gate.delay(time);
    }

    /** Each way of each connection moves no more than so many bytes in a second. */
    public void throttle(int bytesPerSecond) {
        gate.throttle(bytesPerSecond);
    }

    /** Connections that are open now. */
    public int connections() {
        return pipes.size();
    }

    @Override
    public synchronized void close() {
        refuse();
        gate.pass();
    }

    private ServerSocket open(InetSocketAddress address) {
        try {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(address);
            start(() -> accept(socket));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                var pipe = new Pipe(socket.accept());
                pipes.add(pipe);
                if (socket.isClosed() || pipes.size() > MOST_CONNECTIONS) {
                    pipe.reset();
                }
                start(pipe::run);
            } catch (IOException e) {
                closeQuietly(socket);
            }
        }
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "fault-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // It is broken on purpose.
        }
    }

    /** A connection of a client and the one to the server that belongs to it. */
    private final class Pipe {
        private final Socket client;
        private final Socket target = new Socket();

        private Pipe(Socket client) {
            this.client = client;
        }

        private void run() {
            try {
                target.connect(server);
                client.setTcpNoDelay(true);
                target.setTcpNoDelay(true);
                start(() -> move(target, client));
                move(client, target);
            } catch (IOException e) {
                reset();
            }
        }

        private void move(Socket from, Socket to) {
            var bytes = new byte[BUFFER];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(bytes, 0, gate.portion(BUFFER)); n >= 0; ) {
                    gate.await(n);
                    out.write(bytes, 0, n);
                    n = in.read(bytes, 0, gate.portion(BUFFER));
                }
                to.shutdownOutput();
                if (from.isOutputShutdown()) {
                    end();
                }
            } catch (IOException e) {
                reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                reset();
            }
        }

        /** With RST, not FIN: what is under way is lost. */
        private void reset() {
            try {
                client.setSoLinger(true, 0);
                target.setSoLinger(true, 0);
            } catch (IOException e) {
                // Closed already.
            }
            end();
        }

        private void end() {
            closeQuietly(client);
            closeQuietly(target);
            pipes.remove(this);
        }
    }

    /** What every portion of bytes has to pass. */
    private static final class Gate {
        private boolean frozen;
        private long delayMs;
        private int bytesPerSecond;

        synchronized void pass() {
            frozen = false;
            delayMs = 0;
            bytesPerSecond = 0;
            notifyAll();
        }

        synchronized void freeze() {
            frozen = true;
        }

        synchronized void delay(Duration time) {
            delayMs = time.toMillis();
        }

        synchronized void throttle(int bytes) {
            bytesPerSecond = bytes;
        }

        /** A tenth of a second's bytes, so that a throttled connection moves evenly. */
        synchronized int portion(int most) {
            return bytesPerSecond == 0 ? most : Math.max(1, Math.min(most, bytesPerSecond / 10));
        }

        synchronized void await(int bytes) throws InterruptedException {
            long ms = delayMs + (bytesPerSecond == 0 ? 0 : bytes * 1000L / bytesPerSecond);
            long until = System.nanoTime() + ms * 1_000_000;
            for (long left = ms; frozen || left > 0; left = (until - System.nanoTime()) / 1_000_000) {
                wait(frozen ? 0 : left);
                if (!frozen && delayMs == 0 && bytesPerSecond == 0) {
                    return;
                }
            }
        }
    }
}
