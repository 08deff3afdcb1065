package dev.waggle.simulator.exchange;

import dev.waggle.address.Bytes;
import dev.waggle.simulator.directory.DeviceKeys;

/// What an unlinked companion showed in its handshake: its Noise static key (32 bytes), its keys, the push name
/// that its phone number follows from (empty when it sent none), and `DeviceProps` as it serialized them.
public record Registration(Bytes noiseKey, DeviceKeys keys, String pushName, Bytes deviceProps) {}
