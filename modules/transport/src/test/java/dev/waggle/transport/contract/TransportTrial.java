package dev.waggle.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.transport.DisconnectReason;
import dev.waggle.transport.Egress;
import dev.waggle.transport.Target;
import dev.waggle.transport.Transport;
import dev.waggle.transport.TransportEvents;
import dev.waggle.transport.TransportFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/// What the contracts of transports share.
@Timeout(60)
public abstract class TransportTrial {
    static final Duration CONNECT_MAX = Duration.ofSeconds(10);

    TransportFactory transports;
    /// What was told in the wrong order, or twice.
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    /// A factory that nobody else uses; it is closed after the test.
    protected abstract TransportFactory open();

    @BeforeEach
    void start() {
        transports = open();
    }

    @AfterEach
    void stop() {
        transports.close();
        assertThat(wrong).isEmpty();
    }

    Recorder connect(URI uri) {
        return connect(uri, Egress.DIRECT);
    }

    Recorder connect(URI uri, Egress egress) {
        return connect(uri, egress, CONNECT_MAX);
    }

    Recorder connect(URI uri, Egress egress, Duration most) {
        Recorder recorder = new Recorder();
        transports.connect(new Target(uri, egress, most), recorder);
        return recorder;
    }

    /// Something goes to the server and comes back: meanwhile everything else had its chance.
    static void turn(Recorder recorder, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            recorder.send(new byte[] {9, 9, (byte) i});
            assertThat(recorder.next()).containsExactly(9, 9, i);
        }
    }

    /// Keeps everything that it is told.
    final class Recorder implements TransportEvents {
        private final CompletableFuture<Transport> transport = new CompletableFuture<>();
        private final CompletableFuture<DisconnectReason> over = new CompletableFuture<>();
        final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();

        @Override
        public void connected(Transport open) {
            if (over.isDone() || !transport.complete(open)) {
                wrong.add("connected");
            }
        }

        @Override
        public void received(byte[] bytes) {
            if (!transport.isDone() || over.isDone()) {
                wrong.add("received");
            }
            received.add(bytes);
        }

        @Override
        public void disconnected(DisconnectReason reason) {
            if (!over.complete(reason)) {
                wrong.add("disconnected: " + reason);
            }
        }

        boolean connected() {
            return transport.isDone();
        }

        Transport open() throws Exception {
            return transport.get(20, TimeUnit.SECONDS);
        }

        /// Open, with room for this many messages.
        Recorder with(int credit) throws Exception {
            open().request(credit);
            return this;
        }

        void send(byte[] bytes) throws Exception {
            open().send(bytes).toCompletableFuture().get(20, TimeUnit.SECONDS);
        }

        void order(Echo.Order order) throws Exception {
            send(order.bytes());
        }

        byte[] next() throws Exception {
            byte[] bytes = received.poll(20, TimeUnit.SECONDS);
            assertThat(bytes).isNotNull();
            return bytes == null ? new byte[0] : bytes;
        }

        DisconnectReason end() throws Exception {
            return over.get(20, TimeUnit.SECONDS);
        }
    }
}
