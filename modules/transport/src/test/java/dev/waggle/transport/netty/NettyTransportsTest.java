package dev.waggle.transport.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.transport.DisconnectReason;
import dev.waggle.transport.Egress;
import dev.waggle.transport.Target;
import dev.waggle.transport.Transport;
import dev.waggle.transport.TransportEvents;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class NettyTransportsTest {
    private static final NettyTransports TRANSPORTS = new NettyTransports(1);
    private static final EchoServer SERVER = new EchoServer();

    @AfterAll
    static void stop() {
        TRANSPORTS.close();
        SERVER.close();
    }

    /// Keeps everything that it is told.
    private static final class Recorder implements TransportEvents {
        final CompletableFuture<Transport> transport = new CompletableFuture<>();
        final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
        final CompletableFuture<DisconnectReason> over = new CompletableFuture<>();

        @Override
        public void connected(Transport open) {
            transport.complete(open);
        }

        @Override
        public void received(byte[] bytes) {
            received.add(bytes);
        }

        @Override
        public void disconnected(DisconnectReason reason) {
            assertThat(over.complete(reason)).isTrue();
        }

        Transport open() throws Exception {
            return transport.get(10, TimeUnit.SECONDS);
        }

        byte[] next() throws Exception {
            byte[] bytes = received.poll(10, TimeUnit.SECONDS);
            assertThat(bytes).isNotNull();
            return bytes == null ? new byte[0] : bytes;
        }

        DisconnectReason end() throws Exception {
            return over.get(10, TimeUnit.SECONDS);
        }
    }

    private static Recorder connect(URI uri) {
        Recorder recorder = new Recorder();
        TRANSPORTS.connect(new Target(uri, Egress.DIRECT, Duration.ofSeconds(2)), recorder);
        return recorder;
    }

    @Test
    void messages_come_back_whole_and_in_order() throws Exception {
        Recorder recorder = connect(SERVER.uri());
        Transport transport = recorder.open();
        transport.request(100);
        byte[] large = new byte[300_000];
        large[299_999] = 7;
        transport.send(new byte[] {5, 6}).toCompletableFuture().get(10, TimeUnit.SECONDS);
        transport.send(large).toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(recorder.next()).containsExactly(5, 6);
        assertThat(recorder.next()).isEqualTo(large);
        transport.disconnect();
        transport.disconnect();
        assertThat(recorder.end()).isEqualTo(new DisconnectReason.ByUs());
        assertThatThrownBy(() -> transport.send(large).toCompletableFuture().get(10, TimeUnit.SECONDS))
                .hasMessageContaining("ended");
    }

    @Test
    void nothing_is_delivered_beyond_the_credit() throws Exception {
        Recorder recorder = connect(SERVER.uri());
        Transport transport = recorder.open();
        transport.request(3);
        transport.send(new byte[] {2}).toCompletableFuture().get(10, TimeUnit.SECONDS);
        for (int i = 0; i < 3; i++) {
            assertThat(ByteBuffer.wrap(recorder.next()).getInt()).isEqualTo(i);
        }
        assertThat(recorder.received.poll(300, TimeUnit.MILLISECONDS)).isNull();
        transport.request(97);
        for (int i = 3; i < 100; i++) {
            assertThat(ByteBuffer.wrap(recorder.next()).getInt()).isEqualTo(i);
        }
        transport.disconnect();
    }

    @Test
    void a_close_by_the_server_tells_its_code() throws Exception {
        Recorder recorder = connect(SERVER.uri());
        Transport transport = recorder.open();
        transport.request(1);
        transport.send(new byte[] {0}).toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(recorder.end()).isEqualTo(new DisconnectReason.ServerClose(4001, "go away"));
    }

    @Test
    void an_end_without_a_word_is_told_as_that() throws Exception {
        Recorder recorder = connect(SERVER.uri());
        Transport transport = recorder.open();
        transport.request(1);
        transport.send(new byte[] {1}).toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(recorder.end()).isEqualTo(new DisconnectReason.EndOfStream());
    }

    @Test
    void nobody_listening_is_refused() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Recorder recorder = connect(URI.create("ws://127.0.0.1:" + port + "/ws/chat"));
        assertThat(recorder.end()).isInstanceOf(DisconnectReason.Refused.class);
        assertThat(recorder.transport).isNotDone();
    }

    @Test
    void an_upgrade_that_is_never_answered_is_refused_in_time() throws Exception {
        Recorder recorder = connect(SERVER.uri().resolve("/other"));
        assertThat(recorder.end()).isInstanceOf(DisconnectReason.Refused.class);
    }

    @Test
    void tls_against_a_server_without_it_fails_as_tls() throws Exception {
        Recorder recorder = connect(URI.create(SERVER.uri().toString().replace("ws://", "wss://")));
        assertThat(recorder.end()).isInstanceOfAny(DisconnectReason.TlsFailure.class, DisconnectReason.Refused.class);
    }

    @Test
    void an_address_that_is_no_socket_is_refused_by_its_form() {
        assertThatThrownBy(() -> Target.of(URI.create("https://127.0.0.1/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ws://host");
    }
}
