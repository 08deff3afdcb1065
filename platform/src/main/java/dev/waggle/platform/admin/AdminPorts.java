package dev.waggle.platform.admin;

import dev.waggle.address.AccountId;
import dev.waggle.address.MessageId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.cluster.Members;
import dev.waggle.platform.cluster.budget.ConnectBudget;
import dev.waggle.platform.cluster.runtime.WebVersion;
import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.platform.port.Spool;
import dev.waggle.platform.port.webhook.Webhooks;
import dev.waggle.storage.control.AccountRow;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.transport.runtime.TaskRuntime;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;

/// What the admin API needs of its node.
///
/// @param spool files that wait to be sent, and files that were fetched
/// @param members the nodes of the cluster
/// @param budget how many accounts may dial at once
/// @param version the web client that accounts speak as
/// @param plugins names of the plugins that can be bound here
/// @param runtime runs what waits for disks, and knows when a request has waited long enough
/// @param unready why this node should not be sent traffic now; empty when it should
public record AdminPorts(
        Accounts accounts,
        Outbound outbound,
        EventLog events,
        Spool spool,
        Webhooks webhooks,
        Members members,
        ConnectBudget budget,
        WebVersion version,
        ControlStore control,
        Set<String> plugins,
        Supplier<List<String>> unready,
        PrometheusMeterRegistry meters,
        TaskRuntime runtime,
        SecureRandom random,
        Clock clock) {
    public AdminPorts {
        plugins = Set.copyOf(plugins);
    }

    /// The way to any account of the installation.
    public interface Accounts {
        /// Fails with a `TimeoutException` when the account did not answer: then nobody knows what it did.
        <T> CompletionStage<Answer<T>> ask(AccountId account, Function<ActorRef<Answer<T>>, AccountCommand> command);

        /// The same for what may take longer than an account usually does.
        default <T> CompletionStage<Answer<T>> ask(
                AccountId account, Function<ActorRef<Answer<T>>, AccountCommand> command, Duration most) {
            return ask(account, command);
        }

        /// Has the account begin anew, from its journal. Answers when it begins.
        CompletionStage<Answer<Done>> restart(AccountId account);

        /// For commands that answer more than once; the answers go to the reference in the command.
        void tell(AccountId account, AccountCommand command);

        /// What this node knows of accounts without store or account, as [ControlStore#accounts] would say it.
        List<AccountRow> known(String after, int limit);
    }

    /// Reads one send of one account.
    @FunctionalInterface
    public interface Outbound {
        CompletionStage<Optional<OutboundRow>> row(AccountId account, MessageId message);
    }
}
