package dev.waggle.transport.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.transport.DisconnectReason;
import dev.waggle.transport.Egress;
import dev.waggle.transport.Transport;
import dev.waggle.transport.TransportException;
import dev.waggle.transport.contract.Echo.Order;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every transport does in the clear: whole messages in order, credit, limits, and why a connection is over.
public abstract class TransportContract extends TransportTrial {
    private final Echo server = Echo.plain();

    @AfterEach
    void stopServer() {
        server.close();
    }

    private Recorder open(int credit) throws Exception {
        return connect(server.uri()).with(credit);
    }

    @Test
    void messages_come_back_whole_and_in_order() throws Exception {
        Recorder recorder = open(100);
        byte[] large = new byte[300_000];
        large[299_999] = 7;
        recorder.send(new byte[] {50, 60});
        recorder.send(large);
        recorder.send(new byte[0]);
        assertThat(recorder.next()).containsExactly(50, 60);
        assertThat(recorder.next()).isEqualTo(large);
        assertThat(recorder.next()).isEmpty();
    }

    @Test
    void a_message_in_pieces_is_one_message() throws Exception {
        Recorder recorder = open(1);
        recorder.order(Order.PIECES);
        assertThat(recorder.next()).isEqualTo("abc".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void a_ping_is_answered_and_nobody_is_told() throws Exception {
        Recorder recorder = open(10);
        recorder.order(Order.PING);
        turn(recorder, 2);
        assertThat(server.pongs).hasValue(1);
    }

    @Test
    void nothing_is_delivered_beyond_the_credit() throws Exception {
        Recorder other = open(100);
        Recorder recorder = open(3);
        recorder.order(Order.HUNDRED);
        for (int i = 0; i < 3; i++) {
            assertThat(ByteBuffer.wrap(recorder.next()).getInt()).isEqualTo(i);
        }
        turn(other, 50);
        assertThat(recorder.received).isEmpty();
        recorder.with(97);
        for (int i = 3; i < 100; i++) {
            assertThat(ByteBuffer.wrap(recorder.next()).getInt()).isEqualTo(i);
        }
    }

    /// What nobody has credit for stays with the server: the client does not hold it.
    @Test
    void a_server_whose_client_gives_no_credit_cannot_go_on_writing() throws Exception {
        Recorder other = open(500);
        Recorder recorder = open(0);
        recorder.order(Order.FLOOD);
        turn(other, 200);
        assertThat(server.flooded).hasValueLessThan(Echo.FLOOD);
        recorder.with(Echo.FLOOD);
        for (int i = 0; i < Echo.FLOOD; i++) {
            byte[] message = recorder.next();
            assertThat(message).hasSize(Echo.FLOOD_BYTES);
            assertThat(ByteBuffer.wrap(message).getInt()).isEqualTo(i);
        }
    }

    /// What was taken arrives, in order; what was not was refused.
    @Test
    void a_client_whose_server_does_not_read_is_refused_at_some_point() throws Exception {
        Recorder recorder = open(10_000);
        Transport transport = recorder.open();
        recorder.order(Order.DEAF);
        assertThat(recorder.next()).containsExactly('d');
        List<CompletableFuture<Void>> taken = new ArrayList<>();
        Throwable refusal = null;
        for (int i = 0; i < 2_000 && refusal == null; i++) {
            byte[] message = ByteBuffer.allocate(64 * 1024).putInt(i).array();
            CompletableFuture<Void> sent = transport.send(message).toCompletableFuture();
            if (sent.isCompletedExceptionally()) {
                refusal = sent.exceptionNow();
            } else {
                taken.add(sent);
            }
        }
        assertThat(refusal).isInstanceOf(TransportException.class);
        server.hear();
        for (int i = 0; i < taken.size(); i++) {
            taken.get(i).get(20, TimeUnit.SECONDS);
            assertThat(ByteBuffer.wrap(recorder.next()).getInt()).isEqualTo(i);
        }
        turn(recorder, 1);
    }

    @Test
    void a_message_that_is_too_large_ends_the_connection() throws Exception {
        Recorder recorder = open(1);
        recorder.order(Order.TOO_LARGE);
        assertThat(recorder.end()).isInstanceOf(DisconnectReason.ReadFailure.class);
        assertThat(recorder.received).isEmpty();
    }

    @Test
    void a_message_that_is_not_binary_ends_the_connection() throws Exception {
        Recorder recorder = open(1);
        recorder.order(Order.TEXT);
        assertThat(recorder.end()).isInstanceOf(DisconnectReason.ReadFailure.class);
        assertThat(recorder.received).isEmpty();
    }

    @Test
    void a_close_by_the_server_tells_its_code() throws Exception {
        Recorder recorder = open(1);
        recorder.order(Order.CLOSE);
        assertThat(recorder.end()).isEqualTo(new DisconnectReason.ServerClose(4001, "go away"));
    }

    @Test
    void a_close_without_a_code_is_1005() throws Exception {
        Recorder recorder = open(1);
        recorder.order(Order.CLOSE_WITHOUT_CODE);
        assertThat(recorder.end()).isEqualTo(new DisconnectReason.ServerClose(1005, ""));
    }

    @Test
    void an_end_without_a_word_is_told_as_that() throws Exception {
        Recorder recorder = open(1);
        recorder.order(Order.END);
        assertThat(recorder.end()).isEqualTo(new DisconnectReason.EndOfStream());
    }

    @Test
    void our_own_end_is_told_as_that_and_once() throws Exception {
        Recorder recorder = open(1);
        Transport transport = recorder.open();
        transport.disconnect();
        transport.disconnect();
        assertThat(recorder.end()).isEqualTo(new DisconnectReason.ByUs());
        assertThatThrownBy(() -> recorder.send(new byte[] {50}))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TransportException.class);
        transport.request(5);
    }

    @Test
    void one_connection_after_another_works_as_the_first_did() throws Exception {
        for (int i = 0; i < 5; i++) {
            Recorder recorder = open(10);
            turn(recorder, 2);
            recorder.order(i % 2 == 0 ? Order.END : Order.CLOSE);
            assertThat(recorder.end()).isNotNull();
        }
    }

    @Test
    void nobody_listening_is_refused() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        refused(connect(URI.create("ws://127.0.0.1:" + port + "/ws/chat")));
    }

    @Test
    void an_upgrade_that_the_server_denies_is_refused() throws Exception {
        refused(connect(server.uri().resolve("/gone")));
    }

    @Test
    void an_upgrade_that_is_never_answered_is_refused_in_time() throws Exception {
        refused(connect(server.uri().resolve("/other"), Egress.DIRECT, Duration.ofMillis(500)));
    }

    private static void refused(Recorder recorder) throws Exception {
        assertThat(recorder.end()).isInstanceOf(DisconnectReason.Refused.class);
        assertThat(recorder.connected()).isFalse();
    }

    @Test
    void a_closed_factory_ends_its_connections_and_makes_no_more() throws Exception {
        Recorder recorder = open(1);
        transports.close();
        assertThat(recorder.end()).isNotNull();
        Recorder late = connect(server.uri());
        assertThat(late.end()).isInstanceOf(DisconnectReason.Refused.class);
    }
}
