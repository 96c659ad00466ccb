package dev.caravan.fakechat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class FaultProxyTest {

    private ServerSocket echo;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
        proxy = new FaultProxy(echo.getLocalPort());
    }

    @AfterEach
    void end() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void bytesPassBothWaysAndTheEndToo() throws IOException {
        try (var client = connect()) {
            assertThat(says(client, 'a')).isEqualTo('a');
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        Awaitility.await().until(() -> proxy.connections() == 0);
    }

    @Test
    void aCutResetsWhatIsOpenAndNothingElse() throws IOException {
        try (var client = connect()) {
            says(client, 'a');

            proxy.cut();

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        try (var next = connect()) {
            assertThat(says(next, 'b')).isEqualTo('b');
        }
    }

    @Test
    void refusedUntilItPassesOnTheSamePort() throws IOException {
        proxy.refuse();
        assertThatThrownBy(this::connect).isInstanceOf(IOException.class);

        proxy.pass();

        try (var client = connect()) {
            assertThat(says(client, 'c')).isEqualTo('c');
        }
    }

    @Test
    void frozenBytesComeWhenItThaws() throws IOException {
        try (var client = connect()) {
            says(client, 'a');
            proxy.freeze();
            client.setSoTimeout(200);
            assertThatThrownBy(() -> says(client, 'b')).isInstanceOf(SocketTimeoutException.class);

            proxy.pass();

            client.setSoTimeout(30_000);
            assertThat(client.getInputStream().read()).isEqualTo('b');
        }
    }

    @Test
    void delayedBytesAreNotThereBefore() throws IOException {
        proxy.delay(Duration.ofMinutes(1));
        try (var client = connect()) {
            client.setSoTimeout(200);
            assertThatThrownBy(() -> says(client, 'b')).isInstanceOf(SocketTimeoutException.class);

            proxy.pass();

            client.setSoTimeout(30_000);
            assertThat(client.getInputStream().read()).isEqualTo('b');
        }
    }

    @Test
    void throttledBytesTrickle() throws IOException {
        proxy.throttle(10);
        try (var client = connect()) {
            client.getOutputStream().write(new byte[1000]);
            assertThat(client.getInputStream().read()).isZero();
            assertThat(client.getInputStream().available()).isLessThan(500);

            proxy.pass();

            assertThat(client.getInputStream().readNBytes(999)).hasSize(999);
        }
    }

    @Test
    void closingEndsEverything() throws IOException {
        try (var client = connect()) {
            says(client, 'a');

            proxy.close();

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    private static int says(Socket client, int letter) throws IOException {
        client.getOutputStream().write(letter);
        return client.getInputStream().read();
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                var socket = echo.accept();
                var thread = new Thread(() -> echo(socket));
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // The client is gone.
        }
    }
}
