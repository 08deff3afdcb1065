package dev.waggle.platform.cluster.budget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.typesafe.config.Config;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.platform.cluster.AccountDirectory;
import dev.waggle.platform.port.Permits;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.control.Shelf;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;
import org.jspecify.annotations.Nullable;

/// How many accounts may dial in a second, over all nodes. Thread-safe.
public final class ConnectBudget implements Permits {
    /// @param waiting dials that wait for a permit, as far as it is known
    public record Standing(Rate rate, int waiting) {}

    private static final String ID = "connect-budget";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration ANSWER_MAX = Duration.ofSeconds(3);

    private final ControlStore store;
    private final Rate first;
    private final AccountDirectory directory;
    private final ActorSystem<?> system;
    private final ActorRef<BudgetKeeper.Command> keeper;
    private final ActorRef<BudgetDesk.Command> desk;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong granted = new AtomicLong();

    /// @param node what this node calls itself
    public ConnectBudget(
            ActorContext<?> context, String node, Config config, ControlStore store, AccountDirectory directory) {
        this.store = store;
        this.directory = directory;
        this.system = context.getSystem();
        this.first = rate(config);
        var keeping = BudgetKeeper.create(first, this::stored);
        this.keeper = directory.shared()
                ? ClusterSingleton.get(system)
                        .init(SingletonActor.of(keeping, ID).withStopMessage(new BudgetKeeper.Stop()))
                : context.spawn(keeping, ID);
        this.desk = context.spawn(BudgetDesk.create(node, keeper), "dials");
    }

    /// What holds until somebody sets another.
    ///
    /// @throws IllegalArgumentException when it cannot be
    public static Rate rate(Config config) {
        return new Rate(
                config.getInt("waggle.connection.budget.per-second"), config.getInt("waggle.connection.budget.burst"));
    }

    private CompletionStage<Rate> stored() {
        return store.document(Shelf.SETTING, ID)
                .thenApply(found -> found.map(ConnectBudget::read).orElse(first));
    }

    private static Rate read(Bytes document) {
        try {
            JsonNode node = JSON.readTree(document.unsafeArray());
            return new Rate(node.path("perSecond").asInt(), node.path("burst").asInt());
        } catch (IOException | IllegalArgumentException e) {
            throw new StoreException(StoreException.Code.STORAGE_CORRUPT, ID, e);
        }
    }

    /// Holds from now on, on every node and after restarts. Completes when the store has it.
    public CompletionStage<Rate> set(Rate rate) {
        String document = JSON.createObjectNode()
                .put("perSecond", rate.perSecond())
                .put("burst", rate.burst())
                .toString();
        return store.putDocument(Shelf.SETTING, ID, Bytes.utf8(document)).thenApply(_ -> {
            keeper.tell(new BudgetKeeper.Change(rate));
            return rate;
        });
    }

    /// Fails with a `TimeoutException` when no node keeps it now.
    public CompletionStage<Standing> standing() {
        return AskPattern.<BudgetKeeper.Command, BudgetKeeper.Standing>ask(
                        keeper, BudgetKeeper.Describe::new, ANSWER_MAX, system.scheduler())
                .thenApply(now -> new Standing(now.rate(), now.waiting()));
    }

    /// An account that has just begun goes by when it was listed last.
    @Override
    public CompletionStage<Done> dial(AccountId account, @Nullable Instant lastTraffic) {
        Instant last = lastTraffic != null
                ? lastTraffic
                : directory.find(account).map(row -> row.updatedAt()).orElse(Instant.EPOCH);
        CompletableFuture<Done> permit = new CompletableFuture<>();
        waiting.incrementAndGet();
        var _ = permit.thenRun(() -> {
            waiting.decrementAndGet();
            granted.incrementAndGet();
        });
        desk.tell(new BudgetDesk.Dial(last.toEpochMilli(), permit));
        return permit;
    }

    public void bind(MeterRegistry meters) {
        Gauge.builder("waggle.dials.waiting", waiting, AtomicInteger::get)
                .description("Accounts of this node that want to dial and wait for the connect budget")
                .register(meters);
        FunctionCounter.builder("waggle.dials", granted, AtomicLong::get)
                .description("Dials that the connect budget let accounts of this node make")
                .register(meters);
    }
}
