package dev.waggle.platform.account;

import com.typesafe.config.Config;
import dev.waggle.address.AccountId;
import dev.waggle.platform.account.connection.ConnectionSettings;
import dev.waggle.platform.account.media.MediaServices;
import dev.waggle.platform.account.reception.Reception;
import dev.waggle.platform.account.retention.Retention;
import dev.waggle.platform.account.retention.RetentionSettings;
import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.platform.journal.Sealing;
import dev.waggle.platform.port.Permits;
import dev.waggle.platform.port.tenure.Tenure;
import dev.waggle.stanza.login.ClientSettings;
import dev.waggle.storage.Backend;
import dev.waggle.storage.cache.AccountCache;
import dev.waggle.storage.control.AccountRow;
import dev.waggle.transport.TransportFactory;
import dev.waggle.transport.http.HttpClient;
import dev.waggle.transport.runtime.TaskRuntime;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.PersistenceId;

/// What the node gives to every account that it runs.
///
/// @param runPlugin tells the plugin host that a binding exists here
/// @param stopPlugin tells it that a binding is gone
/// @param list puts the account into the directory; later calls for the same account win
/// @param eraseAfterEnd removes the account's data key, rows and directory entry once its actor has ended, then
/// answers
/// @param failpoint told at named moments, so that tests can kill the process exactly there
public record AccountServices(
        Function<AccountId, CompletionStage<Stores>> stores,
        TransportFactory transports,
        HttpClient http,
        MediaServices media,
        ConnectionSettings connection,
        Permits permits,
        Function<AccountId, Tenure> tenures,
        Supplier<ClientSettings> clients,
        EventLog events,
        BiConsumer<AccountId, String> runPlugin,
        BiConsumer<AccountId, String> stopPlugin,
        Function<AccountRow, CompletionStage<Void>> list,
        BiConsumer<AccountId, ActorRef<Answer<Done>>> eraseAfterEnd,
        Consumer<String> failpoint,
        Limits limits,
        RetentionSettings retention,
        String node,
        SecureRandom random,
        Clock clock) {
    /// What an account says of itself when it logs in now.
    public ClientSettings client() {
        return clients.get();
    }

    /// Whether this process may still act for the account.
    Tenure tenure(AccountId account) {
        return tenures.apply(account);
    }

    /// @param absences given what answers for the account once its actor has ended
    Reception<AccountMessage, AccountCommand> reception(
            AccountId account, Consumer<Reception.Absence<AccountCommand>> absences) {
        return new Reception<>(
                AccountMessage.class, AccountCommand.class, AccountCommand.REFUSING, tenure(account), absences);
    }

    /// What an account may forget, and when.
    Retention.Ports retention(Backend store) {
        return new Retention.Ports(store, retention, limits.idempotencyWindow(), random, clock);
    }

    /// Where its work runs that is no actor's.
    public TaskRuntime runtime() {
        return media.runtime();
    }

    /// One account's stores, and how its payloads are sealed.
    ///
    /// @param cache what may be forgotten at any time
    /// @param incarnation 1 for the first account of this name, more after each deletion
    /// @param storeIncarnation see [dev.waggle.storage.control.Incarnation]
    public record Stores(Backend backend, AccountCache cache, Sealing sealing, int incarnation, long storeIncarnation) {
        /// What follows on a deleted account has another data key: it cannot read the old journal and does not try.
        PersistenceId journal(AccountId account) {
            return PersistenceId.of(
                    "account", incarnation == 1 ? account.value() : account.value() + "#" + incarnation);
        }
    }

    /// @param openSendsMax accepted sends without a server ack; at the limit a send is refused
    /// @param unappliedMax journaled events whose store writes are not confirmed; at the limit commands are refused
    /// @param idempotencyWindow how long a key finds the send that it was first used for
    /// @param snapshotEvery journal events between snapshots; two snapshots are kept, older events are removed
    /// @param scheduledMax sends that wait for their time; at the limit another one is refused
    /// @param scheduleHorizon how far ahead that time can be
    public record Limits(
            int openSendsMax,
            int unappliedMax,
            Duration idempotencyWindow,
            int snapshotEvery,
            int scheduledMax,
            Duration scheduleHorizon) {
        public static final Limits DEFAULT =
                new Limits(10_000, 4_096, Duration.ofDays(3), 1_000, 1_000, Duration.ofDays(30));

        public Limits {
            if (openSendsMax < 1
                    || unappliedMax < 1
                    || snapshotEvery < 2
                    || idempotencyWindow.isNegative()
                    || scheduledMax < 0
                    || scheduleHorizon.isNegative()) {
                throw new IllegalArgumentException("waggle.account: a limit below its least value");
            }
        }

        public static Limits from(Config config) {
            Config own = config.getConfig("waggle.account");
            return new Limits(
                    own.getInt("open-sends-max"),
                    own.getInt("unapplied-max"),
                    own.getDuration("idempotency-window"),
                    own.getInt("snapshot-every"),
                    own.getInt("scheduled-max"),
                    own.getDuration("schedule-horizon"));
        }
    }
}
