package dev.waggle.platform.account.connection;

import dev.waggle.transport.Egress;
import dev.waggle.transport.TransportFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;

/// What every connection of an account is made with.
///
/// @param egress asked before each attempt
public record ConnectionWorld(
        ConnectionSettings settings,
        Supplier<Egress> egress,
        TransportFactory transports,
        SecureRandom random,
        Clock clock) {
    /// The settings of a link that begins now.
    ConnectionSettings present() {
        return settings.via(egress.get());
    }
}
