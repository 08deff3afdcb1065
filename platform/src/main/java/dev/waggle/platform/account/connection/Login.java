package dev.waggle.platform.account.connection;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.platform.port.ServerMemory;
import java.util.function.Supplier;

/// What a handshake ends with: the static Noise key and the serialized client payload.
///
/// @param payload asked at each attempt
/// @param registers the payload offers keys to a phone; there is no account yet, so no login answer comes
/// @param memory what is known of the server, and what is learned of it
public record Login(KeyPair noise, Supplier<Bytes> payload, boolean registers, ServerMemory memory) {}
