package dev.waggle.platform.account.connection;

import dev.waggle.transport.TransportFactory;
import java.security.SecureRandom;
import java.time.Clock;

/// What every connection of an account is made with.
public record ConnectionWorld(
        ConnectionSettings settings, TransportFactory transports, SecureRandom random, Clock clock) {}
