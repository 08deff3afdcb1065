package dev.waggle.signal.session;

import dev.waggle.address.Bytes;

/// Where a sending chain stands: its public ratchet key (32 bytes), the counter of its next message, and the
/// ceiling up to which (exclusive) a stored record covers it.
public record SendingPosition(Bytes ratchetKey, int counter, int ceiling) {}
