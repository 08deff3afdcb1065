package dev.waggle.platform.admin;

import dev.waggle.address.AccountId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.PairingView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/// Watches each pairing once, however many readers it has: an account keeps a watcher until the pairing is over, so
/// readers that come and go must not be its watchers.
final class PairingFeed extends AbstractBehavior<PairingFeed.Command> {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    private static final int READER_BUFFER = 32;

    sealed interface Command {}

    record Stop() implements Command {}

    private record Key(AccountId account, String pairing) {}

    private record Join(Key key, BoundedSourceQueue<PairingView> reader) implements Command {}

    private record Told(Key key, Answer<PairingView> answer) implements Command {}

    /// An account that began anew has forgotten its watchers: it is asked now and then.
    private record Look() implements Command {}

    private record Unanswered(Key key) implements Command {}

    private static final class Watch {
        private final ActorRef<Answer<PairingView>> ear;
        private final List<BoundedSourceQueue<PairingView>> readers = new ArrayList<>();
        private @Nullable PairingView last;

        private Watch(ActorRef<Answer<PairingView>> ear) {
            this.ear = ear;
        }
    }

    private final AdminPorts.Accounts accounts;
    private final Map<Key, Watch> watches = new HashMap<>();

    static Behavior<Command> create(AdminPorts.Accounts accounts) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new Look(), LOOK_AGAIN);
            return new PairingFeed(context, accounts);
        }));
    }

    private PairingFeed(ActorContext<Command> context, AdminPorts.Accounts accounts) {
        super(context);
        this.accounts = accounts;
    }

    /// The present view, then every change, until the pairing is over. Fails with a problem when there is no such
    /// pairing. A reader that falls behind is ended; coming again it sees the present view.
    static Source<PairingView, NotUsed> views(ActorRef<Command> feed, AccountId account, String pairing) {
        return Source.<PairingView>queue(READER_BUFFER).mapMaterializedValue(reader -> {
            feed.tell(new Join(new Key(account, pairing), reader));
            return NotUsed.getInstance();
        });
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Stop() -> {
                return Behaviors.stopped();
            }
            case Join(var key, var reader) -> join(key, reader);
            case Told(var key, var answer) -> told(key, answer);
            case Look() -> watches.keySet().forEach(this::ask);
            case Unanswered(var key) ->
                getContext().getLog().debug("{}: no answer about {}", key.account(), key.pairing());
        }
        return this;
    }

    private void join(Key key, BoundedSourceQueue<PairingView> reader) {
        Watch watch = watches.computeIfAbsent(key, this::watch);
        PairingView last = watch.last;
        if (last == null || give(reader, last)) {
            watch.readers.add(reader);
        }
    }

    private Watch watch(Key key) {
        ActorRef<Command> self = getContext().getSelf();
        ActorRef<Answer<PairingView>> ear = getContext().spawnAnonymous(Behaviors.receiveMessage(answer -> {
            self.tell(new Told(key, answer));
            return Behaviors.same();
        }));
        accounts.tell(key.account(), new AccountCommand.WatchPairing(key.pairing(), ear));
        return new Watch(ear);
    }

    private void ask(Key key) {
        getContext()
                .pipeToSelf(
                        accounts.<PairingView>ask(
                                key.account(), to -> new AccountCommand.DescribePairing(key.pairing(), to)),
                        (answer, failure) -> answer == null ? new Unanswered(key) : new Told(key, answer));
    }

    private void told(Key key, Answer<PairingView> answer) {
        Watch watch = watches.get(key);
        if (watch == null) {
            return;
        }
        switch (answer) {
            case Answer.Granted<PairingView>(var view) when view.equals(watch.last) -> {}
            case Answer.Granted<PairingView>(var view) -> {
                watch.last = view;
                watch.readers.removeIf(reader -> !give(reader, view));
                if (view.over()) {
                    watch.readers.forEach(BoundedSourceQueue::complete);
                    forget(key, watch);
                }
            }
            case Answer.Refused<PairingView>(var refusal) -> {
                watch.readers.forEach(reader -> reader.fail(Failures.refused(refusal)));
                forget(key, watch);
            }
        }
    }

    /// False when the reader has gone or did not keep up.
    private static boolean give(BoundedSourceQueue<PairingView> reader, PairingView view) {
        QueueOfferResult result = reader.offer(view);
        if (result.equals(QueueOfferResult.dropped())) {
            reader.complete();
        }
        return result.isEnqueued();
    }

    private void forget(Key key, Watch watch) {
        watches.remove(key);
        getContext().stop(watch.ear);
    }
}
