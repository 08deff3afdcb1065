package dev.waggle.platform.account.outbox;

import dev.waggle.platform.port.ContactException;
import dev.waggle.platform.port.Line;
import dev.waggle.platform.port.Received;
import dev.waggle.platform.port.Recordable;
import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.journal.Party;
import dev.waggle.proto.journal.Progress;
import dev.waggle.proto.journal.ProgressBody;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.stanza.Ack;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// Sends what was accepted. In a chat, the next one begins when the present one was written; an intent stays here
/// until the server has acknowledged or refused it, and is written again on every new line until then, under the
/// same id.
public final class Outbox extends AbstractBehavior<Outbox.Command> {
    private static final Duration AGAIN = Duration.ofSeconds(5);

    public sealed interface Command {}

    /// The line is drained: sending may begin.
    public record LineUp(Line line) implements Command {}

    public record LineDown() implements Command {}

    /// Accepted and journaled.
    ///
    /// @param unsent it is certain that nothing of it has left: no owner before this one had it
    public record Deliver(Intent intent, boolean unsent) implements Command {}

    /// Lets go of a send of which nothing has left.
    ///
    /// @param told false when something may have left, or when there is no such send here
    public record Withdraw(String message, Consumer<Boolean> told) implements Command {}

    /// The server's answer to a message of ours.
    public record Acked(Received received, Ack ack) implements Command {}

    private record Prepared(Intent intent, Line line, Fanout.Ready ready) implements Command {}

    private record Unprepared(Intent intent, Line line, Throwable why) implements Command {}

    private record Written(Intent intent, Line line) implements Command {}

    /// The line is ending: everything open is sent again on the next one.
    private record Unwritten() implements Command {}

    private record Unrecorded(Recordable recordable) implements Command {}

    private record TellAgain(Recordable recordable) implements Command {}

    private record Again(String chat) implements Command {}

    private final OutboxPorts ports;
    private final Fanout fanout;
    private final TimerScheduler<Command> timers;
    private final Map<String, Intent> open = new LinkedHashMap<>();
    /// By message, once it is known who is in its chat.
    private final Map<String, Party> named = new HashMap<>();
    /// Of those that are open, the ones of which nothing has left.
    private final Set<String> unsent = new HashSet<>();
    private final Audiences audiences;
    private final Map<String, Deque<Intent>> chats = new HashMap<>();
    private @Nullable Line line;

    public static Behavior<Command> create(OutboxPorts ports) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Outbox(context, timers, ports)));
    }

    private Outbox(ActorContext<Command> context, TimerScheduler<Command> timers, OutboxPorts ports) {
        super(context);
        this.ports = ports;
        this.timers = timers;
        this.fanout = new Fanout(ports);
        this.audiences = new Audiences(ports.contacts(), ports.clock());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case LineUp(var up) -> {
                line = up;
                chats.clear();
                open.values().forEach(this::queue);
            }
            case LineDown() -> {
                line = null;
                chats.clear();
            }
            case Deliver(var intent, var fresh) -> {
                if (open.putIfAbsent(intent.getMessageId(), intent) == null) {
                    if (fresh) {
                        unsent.add(intent.getMessageId());
                    }
                    if (line != null) {
                        queue(intent);
                    }
                }
            }
            case Withdraw(var id, var told) -> told.accept(withdrawn(id));
            case Prepared(var intent, var from, var ready) -> prepared(intent, from, ready);
            case Unprepared(var intent, var from, var why) -> unprepared(intent, from, why);
            case Written(var intent, var from) -> {
                ports.failpoint().accept("written");
                if (from.equals(line)) {
                    next(intent);
                }
            }
            case Unwritten() -> {
                // Nothing to do before there is a line again.
            }
            case Again(var chat) -> {
                Deque<Intent> queue = chats.get(chat);
                if (queue != null && !queue.isEmpty()) {
                    Intent first = queue.peekFirst();
                    if (open.containsKey(first.getMessageId())) {
                        prepare(first);
                    } else {
                        next(first);
                    }
                }
            }
            case Acked(var received, var ack) -> acked(received, ack);
            case Unrecorded(var recordable) -> timers.startSingleTimer(recordable, new TellAgain(recordable), AGAIN);
            case TellAgain(var recordable) -> record(recordable);
        }
        return this;
    }

    /// One that is being prepared stays at the head of its chat until [#prepared] finds that it is not wanted.
    private boolean withdrawn(String id) {
        Intent intent = open.get(id);
        if (intent == null || !unsent.remove(id)) {
            return false;
        }
        open.remove(id);
        Deque<Intent> queue = chats.get(intent.getChat());
        if (queue != null && !intent.equals(queue.peekFirst())) {
            queue.remove(intent);
        }
        return true;
    }

    private void queue(Intent intent) {
        Deque<Intent> queue = chats.computeIfAbsent(intent.getChat(), chat -> new ArrayDeque<>());
        queue.add(intent);
        if (queue.size() == 1) {
            prepare(intent);
        }
    }

    private void next(Intent done) {
        Deque<Intent> queue = chats.get(done.getChat());
        if (queue == null || queue.isEmpty() || !queue.peekFirst().equals(done)) {
            return;
        }
        queue.pollFirst();
        if (queue.isEmpty()) {
            chats.remove(done.getChat());
        } else {
            prepare(queue.peekFirst());
        }
    }

    private void prepare(Intent intent) {
        Line now = line;
        if (now == null) {
            return;
        }
        ports.failpoint().accept("intent-journaled");
        getContext()
                .pipeToSelf(
                        CompletableFuture.completedStage(intent).thenCompose(fanout::of),
                        (ready, failure) -> ready != null
                                ? new Prepared(intent, now, ready)
                                : new Unprepared(
                                        intent, now, failure == null ? new IllegalStateException("nothing") : failure));
    }

    private void prepared(Intent intent, Line from, Fanout.Ready ready) {
        ports.failpoint().accept("ratchet-stored");
        if (!from.equals(line)) {
            return;
        }
        if (!open.containsKey(intent.getMessageId())) {
            next(intent);
            return;
        }
        named.put(intent.getMessageId(), ready.chat());
        // From here on nobody can say that it has not left.
        unsent.remove(intent.getMessageId());
        audiences.addressed(intent, ready.audience());
        getContext()
                .pipeToSelf(
                        from.write(ready.stanza())
                                .thenCompose(done -> ready.afterwards().get()),
                        (done, failure) -> failure == null ? new Written(intent, from) : new Unwritten());
    }

    private void unprepared(Intent intent, Line from, Throwable why) {
        if (!from.equals(line)) {
            return;
        }
        Throwable cause = why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
        if (!open.containsKey(intent.getMessageId())) {
            next(intent);
            return;
        }
        if (cause instanceof ContactException refused) {
            finish(intent, "FAILED", refused.code(), String.valueOf(refused.getMessage()), 0);
            next(intent);
            return;
        }
        getContext().getLog().warn("send waits: {}", cause.toString());
        timers.startSingleTimer(intent.getChat(), new Again(intent.getChat()), AGAIN);
    }

    private void acked(Received received, Ack ack) {
        received.line().settled(1);
        Intent intent = open.get(ack.id());
        if (intent == null) {
            return;
        }
        ports.failpoint().accept("server-ack");
        audiences.answered(intent, ack);
        if (!ack.refused()) {
            finish(intent, "SENT", "", "", 0);
            return;
        }
        int code = ack.error().orElse(0);
        finish(intent, "FAILED", code == 463 ? "account-restricted" : "server-refused", "ack error " + code, code);
    }

    /// The intent is done for when the journal knows what became of it.
    private void finish(Intent intent, String state, String problem, String detail, int code) {
        open.remove(intent.getMessageId());
        Party chat = named.remove(intent.getMessageId());
        ports.attachments().over(intent);
        unsent.remove(intent.getMessageId());
        long now = ports.clock().millis();
        Progress progress = Progress.newBuilder()
                .setMessageId(intent.getMessageId())
                .setState(state)
                .setProblem(problem)
                .setDetail(detail)
                .setWaCode(code)
                .setAtMillis(now)
                .build();
        PublicEvent event = PublicEvent.newBuilder()
                .setType("message." + state.toLowerCase(Locale.ROOT))
                .setProgress(ProgressBody.newBuilder()
                        .setId(intent.getMessageId())
                        .setChat(chat != null ? chat : party(intent))
                        .setState(state)
                        .setProblem(problem)
                        .setDetail(detail)
                        .setWaCode(code)
                        .setTimestampMillis(now))
                .build();
        record(new Recordable(List.of(event), List.of(), List.of(progress)));
    }

    private static Party party(Intent intent) {
        return Party.newBuilder().setJid(intent.getChat()).build();
    }

    /// What the server answered must not be forgotten because the journal is full or away for a moment.
    private void record(Recordable recordable) {
        ActorRef<Command> self = getContext().getSelf();
        var _ = ports.recorder().record(recordable).whenComplete((revision, failure) -> {
            if (failure != null) {
                self.tell(new Unrecorded(recordable));
            }
        });
    }
}
