package dev.waggle.simulator.directory;

import dev.waggle.address.Bytes;
import java.util.Optional;

/// What the key server hands to a device that wants a session: lasting keys, a one-time key when one is left, and
/// for a companion its `ADVSignedDeviceIdentity` (empty for a primary device).
public record KeyBundle(DeviceKeys keys, Optional<OneTimeKey> oneTimeKey, Bytes signedIdentity) {}
