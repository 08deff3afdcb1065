package dev.waggle.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FarewellTest {
    private final Farewell farewell = new Farewell();
    private final EmbeddedChannel channel = new EmbeddedChannel(farewell);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private int written() {
        CloseWebSocketFrame frame = channel.readOutbound();
        assertThat(frame).isNotNull();
        int code = frame.statusCode();
        frame.release();
        return code;
    }

    @Test
    void the_socket_stays_until_the_client_has_answered() {
        farewell.say();
        assertThat(written()).isEqualTo(1000);
        assertThat(channel.isActive()).isTrue();
        channel.writeInbound(new CloseWebSocketFrame(1000, ""));
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void what_the_client_said_meanwhile_is_read_and_not_heard() {
        assertThat(channel.writeInbound(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[1]))))
                .isTrue();
        farewell.say();
        BinaryWebSocketFrame late = new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[1]));
        channel.releaseInbound();
        assertThat(channel.writeInbound(late)).isFalse();
        assertThat(late.refCnt()).isZero();
    }

    @Test
    void a_client_that_does_not_answer_is_not_waited_for_long() {
        channel.freezeTime();
        farewell.say();
        farewell.say();
        assertThat(written()).isEqualTo(1000);
        Object second = channel.readOutbound();
        assertThat(second).isNull();
        channel.advanceTimeBy(Farewell.PATIENCE_SECONDS, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void a_client_that_closes_first_gets_its_own_code_back() {
        channel.writeInbound(new CloseWebSocketFrame(1001, ""));
        assertThat(written()).isEqualTo(1001);
        assertThat(channel.isActive()).isFalse();
    }
}
