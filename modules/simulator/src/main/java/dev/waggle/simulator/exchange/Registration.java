package dev.waggle.simulator.exchange;

import dev.waggle.address.Bytes;
import dev.waggle.simulator.directory.DeviceKeys;

/// What an unlinked companion showed in its handshake: its Noise static key (32 bytes), its keys, the push name
/// that its phone number follows from (empty when it sent none), `DeviceProps` as it serialized them, and the whole
/// `ClientPayload` that all this was read from.
public record Registration(Bytes noiseKey, DeviceKeys keys, String pushName, Bytes deviceProps, Bytes clientPayload) {
    /// Without the payload, when only the keys matter.
    public Registration(Bytes noiseKey, DeviceKeys keys, String pushName, Bytes deviceProps) {
        this(noiseKey, keys, pushName, deviceProps, Bytes.EMPTY);
    }
}
