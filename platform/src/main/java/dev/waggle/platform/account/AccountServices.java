package dev.waggle.platform.account;

import dev.waggle.address.AccountId;
import dev.waggle.platform.account.connection.ConnectionSettings;
import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.platform.journal.Sealing;
import dev.waggle.stanza.login.ClientSettings;
import dev.waggle.storage.Backend;
import dev.waggle.transport.TransportFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/// What the node gives to every account that it runs.
///
/// @param runPlugin tells the plugin host that a binding exists here
/// @param stopPlugin tells it that a binding is gone
/// @param failpoint told at named moments, so that tests can kill the process exactly there
public record AccountServices(
        Function<AccountId, CompletionStage<Stores>> stores,
        TransportFactory transports,
        ConnectionSettings connection,
        ClientSettings client,
        EventLog events,
        BiConsumer<AccountId, String> runPlugin,
        BiConsumer<AccountId, String> stopPlugin,
        Consumer<String> failpoint,
        Limits limits,
        String node,
        SecureRandom random,
        Clock clock) {
    /// One account's stores, and how its payloads are sealed. `erase` removes every row.
    public record Stores(Backend backend, Sealing sealing, java.util.function.Supplier<CompletionStage<Void>> erase) {}

    /// @param openSendsMax accepted sends without a server ack; at the limit a send is refused
    /// @param unappliedMax journaled events whose store writes are not confirmed; at the limit commands are refused
    /// @param idempotencyWindow how long a key finds the send that it was first used for
    public record Limits(int openSendsMax, int unappliedMax, Duration idempotencyWindow) {
        public static final Limits DEFAULT = new Limits(10_000, 4_096, Duration.ofDays(3));
    }
}
