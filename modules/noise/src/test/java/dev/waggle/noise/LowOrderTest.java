package dev.waggle.noise;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.proto.handshake.ClientHello;
import dev.waggle.proto.handshake.HandshakeMessage;
import dev.waggle.proto.handshake.ServerHello;
import org.junit.jupiter.api.Test;

/// Ephemeral keys that would make every secret zero.
class LowOrderTest {
    private static final byte[] ZERO = new byte[32];

    private final Meeting meeting = new Meeting();

    @Test
    void a_client_with_such_a_key_is_refused() {
        byte[] hello = HandshakeMessage.newBuilder()
                .setClientHello(ClientHello.newBuilder().setEphemeral(Messages.bytes(ZERO)))
                .build()
                .toByteArray();
        assertThatThrownBy(() -> meeting.answer(hello))
                .isInstanceOf(HandshakeException.class)
                .hasMessageContaining("low order");
    }

    @Test
    void a_server_with_such_a_key_is_refused_by_xx_and_by_ik() {
        byte[] hello = HandshakeMessage.newBuilder()
                .setServerHello(ServerHello.newBuilder()
                        .setEphemeral(Messages.bytes(ZERO))
                        .setPayload(Messages.bytes(new byte[16])))
                .build()
                .toByteArray();
        assertThatThrownBy(() -> meeting.xx().accept(hello, meeting.rootKey, Meeting.NOW))
                .isInstanceOf(HandshakeException.class)
                .hasMessageContaining("low order");
        assertThatThrownBy(() -> meeting.ik().accept(hello, meeting.rootKey, Meeting.NOW))
                .isInstanceOf(HandshakeException.class)
                .hasMessageContaining("low order");
    }
}
