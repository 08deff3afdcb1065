package dev.waggle.platform.account.ledger;

import dev.waggle.platform.port.Recordable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/// Collects while a write is in flight, then hands over everything that came meanwhile as one batch: a burst of
/// stanzas costs one journal write, a lone stanza waits for nobody.
public final class Ledger extends AbstractBehavior<Ledger.Command> {
    /// What may wait and how much one batch may hold.
    public record Limits(int waitingMax, int batchMax, int batchBytesMax) {
        public static final Limits DEFAULT = new Limits(8_192, 256, 1 << 20);
    }

    public sealed interface Command {}

    /// Completes `done` with the revision that holds it, or fails it.
    public record Enter(Recordable recordable, CompletableFuture<Long> done) implements Command {}

    /// The account's answer to a [Write].
    public record Written(long revision) implements Command {}

    public record Refused(String why) implements Command {}

    /// Completes when nothing waits to be journaled, or is being.
    public record Quiet(CompletableFuture<Done> quiet) implements Command {}

    public sealed interface Notice {}

    /// Journal these, in order, as one event; answer exactly once.
    public record Write(List<Recordable> batch, ActorRef<Command> replyTo) implements Notice {}

    private final ActorRef<Notice> owner;
    private final Limits limits;
    private final Deque<Enter> waiting = new ArrayDeque<>();
    private final List<Enter> inFlight = new ArrayList<>();
    private final List<CompletableFuture<Done>> listeners = new ArrayList<>();

    public static Behavior<Command> create(ActorRef<Notice> owner, Limits limits) {
        return Behaviors.setup(context -> new Ledger(context, owner, limits));
    }

    private Ledger(ActorContext<Command> context, ActorRef<Notice> owner, Limits limits) {
        super(context);
        this.owner = owner;
        this.limits = limits;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onAnyMessage(this::onMessage)
                .onSignal(PostStop.class, _ -> {
                    fail("the account stopped");
                    return this;
                })
                .build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Enter entry -> onEnter(entry);
            case Written(var revision) -> {
                inFlight.forEach(record -> record.done().complete(revision));
                inFlight.clear();
                writeNext();
            }
            case Refused(var why) -> fail(why);
            case Quiet(var quiet) -> listeners.add(quiet);
        }
        if (inFlight.isEmpty() && waiting.isEmpty()) {
            listeners.forEach(quiet -> quiet.complete(Done.getInstance()));
            listeners.clear();
        }
        return this;
    }

    private void onEnter(Enter record) {
        if (waiting.size() >= limits.waitingMax()) {
            record.done().completeExceptionally(new LedgerException("ledger full: " + waiting.size() + " waiting"));
            return;
        }
        waiting.add(record);
        writeNext();
    }

    private void writeNext() {
        if (!inFlight.isEmpty() || waiting.isEmpty()) {
            return;
        }
        int bytes = 0;
        while (!waiting.isEmpty() && inFlight.size() < limits.batchMax() && bytes < limits.batchBytesMax()) {
            Enter next = waiting.poll();
            bytes += next.recordable().size();
            inFlight.add(next);
        }
        owner.tell(new Write(
                inFlight.stream().map(Enter::recordable).toList(), getContext().getSelf()));
    }

    /// Everything that waits fails with the batch: what came later may depend on it, and the server will deliver it
    /// again.
    private void fail(String why) {
        List<Enter> lost = new ArrayList<>(inFlight);
        lost.addAll(waiting);
        inFlight.clear();
        waiting.clear();
        lost.forEach(record -> record.done().completeExceptionally(new LedgerException(why)));
    }
}
