package dev.waggle.noise;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.proto.handshake.HandshakeMessage;

/// Between handshake bytes and their protobuf form.
final class Messages {
    private static final int MESSAGE_BYTES_MAX = 1 << 20;

    private Messages() {}

    static HandshakeMessage parse(byte[] bytes) {
        if (bytes.length > MESSAGE_BYTES_MAX) {
            throw new HandshakeException("handshake message", bytes.length + " bytes", "at most " + MESSAGE_BYTES_MAX);
        }
        try {
            return HandshakeMessage.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new HandshakeException("handshake message", bytes.length + " bytes", "a HandshakeMessage", e);
        }
    }

    static byte[] key(String name, ByteString bytes) {
        if (bytes.size() != 32) {
            throw new HandshakeException(name, bytes.size() + " bytes", "32 bytes");
        }
        return bytes.toByteArray();
    }

    static ByteString bytes(byte[] bytes) {
        return ByteString.copyFrom(bytes);
    }
}
