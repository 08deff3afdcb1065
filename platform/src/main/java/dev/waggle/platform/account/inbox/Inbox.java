package dev.waggle.platform.account.inbox;

import dev.waggle.address.Jid;
import dev.waggle.platform.port.Contacts.Identity;
import dev.waggle.platform.port.Received;
import dev.waggle.platform.port.Recordable;
import dev.waggle.proto.journal.StoreDelta;
import dev.waggle.proto.message.Message;
import dev.waggle.stanza.Call;
import dev.waggle.stanza.Notification;
import dev.waggle.stanza.Receipt;
import dev.waggle.stanza.Unknown;
import dev.waggle.stanza.message.Origin;
import dev.waggle.stanza.receipt.Acks;
import dev.waggle.stanza.receipt.NackCode;
import dev.waggle.stanza.receipt.ReceiptType;
import dev.waggle.stanza.receipt.Receipts;
import dev.waggle.storage.StoreException;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes stanzas in each chat's order: known already? - decrypt - journal - acknowledge.
///
/// A chat's next stanza begins when the present one has been given to the journal's queue, so the journal sees a
/// chat in its order while the acknowledgements of many wait for one write.
public final class Inbox extends AbstractBehavior<Inbox.Command> {
    private static final int RECENT_MAX = 8_192;
    /// Not the context's: most of what follows runs where a stage completes, outside the actor's turn.
    private static final Logger log = LoggerFactory.getLogger(Inbox.class);

    public sealed interface Command {}

    public record Take(Received received) implements Command {}

    private record Continue(Runnable step) implements Command {}

    public sealed interface Notice {}

    /// Something could not be journaled: what was read is ahead of what is remembered, so the account must begin
    /// anew.
    public record Broken(String why) implements Notice {}

    /// The stores do not answer: what was read is not acknowledged, and comes again only on another line.
    public record Away(Throwable why) implements Notice {}

    private final InboxPorts ports;
    private final Consumer<Notice> owner;
    private final Lanes lanes;
    private final Decryption decryption;
    private final RetryReceipts retries;
    private final ReceiptIntake receipts;
    private final Recent<Boolean> journaled = new Recent<>(RECENT_MAX);
    /// Handed to the journal, which has not answered: no more than the line gives credit for.
    private final Map<String, CompletionStage<Boolean>> underway = new ConcurrentHashMap<>();

    public static Behavior<Command> create(InboxPorts ports, Consumer<Notice> owner) {
        return Behaviors.setup(context -> new Inbox(context, ports, owner));
    }

    private Inbox(ActorContext<Command> context, InboxPorts ports, Consumer<Notice> owner) {
        super(context);
        this.ports = ports;
        this.owner = owner;
        this.decryption = new Decryption(ports.encryption());
        this.retries = new RetryReceipts(ports);
        this.receipts = new ReceiptIntake(ports.contacts()::known, ports.sent(), ports.clock());
        this.lanes = new Lanes((stage, then) -> context.pipeToSelf(stage, (value, failure) -> new Continue(then)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Take(var received) -> take(received);
            case Continue(var step) -> step.run();
        }
        return this;
    }

    private void take(Received received) {
        switch (received.stanza()) {
            case dev.waggle.stanza.Message message ->
                lanes.add(message.from().bare().toString(), () -> message(received, message));
            case Receipt receipt -> lanes.add(receipt.from().bare().toString(), () -> receipt(received, receipt));
            case Notification notification ->
                lanes.add("notification " + notification.from(), () -> notification(received, notification));
            case Call _ -> acknowledge(received, Acks.ack(received.node(), null));
            case Unknown _ -> unknown(received);
            default -> received.line().settled(1);
        }
    }

    private void unknown(Received received) {
        if (Acks.wanted(received.node())) {
            acknowledge(received, Acks.nack(received.node(), NackCode.UNRECOGNIZED_STANZA, null));
        } else {
            received.line().settled(1);
        }
    }

    /// The end of a stanza's way, well or not. A write that fails is the line's end, and the server delivers again.
    private static void acknowledge(Received received, Node answer) {
        var _ = received.line().write(answer);
        received.line().settled(1);
    }

    private CompletionStage<?> notification(Received received, Notification notification) {
        return ports.news().apply(notification).handle((done, failure) -> {
            if (failure == null) {
                acknowledge(received, Acks.ack(received.node(), null));
            } else {
                notTaken(received, failure);
            }
            return null;
        });
    }

    private CompletionStage<?> receipt(Received received, Receipt receipt) {
        return receipts.recordable(receipt).handle((recordable, failure) -> {
            if (failure == null) {
                var _ = journal(recordable, List.of(), () -> acknowledge(received, Acks.ack(received.node(), null)));
            } else {
                notTaken(received, failure);
            }
            return null;
        });
    }

    /// Nothing is acknowledged: the server delivers it again on the next line. Where the stores are the reason,
    /// this line must end, or it would wait for as long as that holds, and what comes after it would overtake it.
    private void notTaken(Received received, Throwable failure) {
        log.warn("{} not taken: {}", received.node().tag(), failure.toString());
        received.line().settled(1);
        if (StoreException.isAway(failure)) {
            owner.accept(new Away(failure));
        }
    }

    private CompletionStage<?> message(Received received, dev.waggle.stanza.Message message) {
        return arrival(received, message)
                .thenCompose(arrival -> known(arrival).thenCompose(known -> {
                    if (known) {
                        confirm(arrival);
                        return CompletableFuture.completedStage(null);
                    }
                    return fresh(arrival);
                }))
                .exceptionally(failure -> {
                    notTaken(received, failure);
                    return null;
                });
    }

    private CompletionStage<Arrival> arrival(Received received, dev.waggle.stanza.Message message) {
        Origin origin = message.origin(ports.self());
        return identity(origin.sender(), origin.senderOther())
                .thenCombine(
                        identity(origin.chat(), origin.chatOther()),
                        (sender, chat) -> new Arrival(
                                received,
                                message,
                                origin,
                                sender.identity(),
                                chat.identity(),
                                Stream.of(sender, chat)
                                        .filter(Named::isNews)
                                        .map(Named::identity)
                                        .distinct()
                                        .toList(),
                                origin.chat().isUser()
                                        ? chat.identity().preferred()
                                        : origin.chat().bare(),
                                sender.identity().preferred()));
    }

    /// @param isNews the stanza tells both names, and the store does not know of it
    private record Named(Identity identity, boolean isNews) {}

    /// Both names: what the stanza tells wins over what is known.
    private CompletionStage<Named> identity(Jid jid, @Nullable Jid other) {
        Jid bare = jid.bare().canonical();
        if (other != null && bare.isLid() != other.isLid()) {
            Identity told = bare.isLid() ? new Identity(other.bare(), bare) : new Identity(bare, other.bare());
            return ports.contacts()
                    .learn(bare.isLid() ? bare : other.bare(), bare.isLid() ? other.bare() : bare)
                    .exceptionally(away -> false)
                    .thenApply(known -> new Named(told, !known));
        }
        return ports.contacts().known(bare).thenApply(identity -> new Named(identity, false));
    }

    /// What the journal has not answered for is not known yet: a second delivery waits for it, and fails with it.
    private CompletionStage<Boolean> known(Arrival arrival) {
        CompletionStage<Boolean> first = underway.get(arrival.key());
        if (first != null) {
            return first;
        }
        return journaled.contains(arrival.key())
                ? CompletableFuture.completedStage(true)
                : ports.seen().seen(arrival.chatKey(), arrival.senderKey(), arrival.id());
    }

    private CompletionStage<?> fresh(Arrival arrival) {
        dev.waggle.stanza.Message message = arrival.message();
        boolean readable =
                message.encs().stream().anyMatch(enc -> Decryption.kind(enc).isPresent());
        if (message.unavailable() != null || !readable) {
            acknowledge(arrival.received(), Acks.ack(arrival.received().node(), null));
            return CompletableFuture.completedStage(null);
        }
        return ports.contacts()
                .canonical(arrival.origin().sender())
                .thenCompose(sender ->
                        decryption.open(message.encs(), sender, arrival.origin().chat()))
                .thenAccept(result -> opened(arrival, result));
    }

    private void opened(Arrival arrival, Decryption.Result result) {
        ports.failpoint().accept("decrypted");
        if (result.malformed) {
            ports.encryption().settle(result.tokens);
            acknowledge(arrival.received(), Acks.nackProtobuf(arrival.received().node(), "malformed", null));
        } else if (result.failure != null) {
            undecryptable(arrival, result);
        } else {
            record(arrival, result);
        }
    }

    private void record(Arrival arrival, Decryption.Result result) {
        List<StoreDelta> deltas = new ArrayList<>(arrival.mappings());
        deltas.add(arrival.seen());
        deltas.addAll(result.deltas);
        Message content = result.content;
        if (content != null && content.getMessageContextInfo().hasMessageSecret()) {
            deltas.add(arrival.secret(content.getMessageContextInfo().getMessageSecret()));
        }
        if (content != null && !arrival.message().isPeer()) {
            arrival.file(content).ifPresent(deltas::add);
        }
        Recordable recordable = new Recordable(
                content == null || arrival.message().isPeer()
                        ? List.of()
                        : List.of(arrival.received(content, result.raw)),
                deltas,
                List.of());
        CompletionStage<Boolean> done = journal(recordable, result.tokens, () -> {
            ports.failpoint().accept("journaled");
            confirm(arrival);
            ports.failpoint().accept("acked");
            journaled.put(arrival.key(), true);
        });
        underway.put(arrival.key(), done);
        var _ = done.whenComplete((known, failure) -> underway.remove(arrival.key()));
    }

    /// @return true when it is in the journal and `then` was run; fails when it is not
    private CompletionStage<Boolean> journal(Recordable recordable, List<Long> tokens, Runnable then) {
        if (recordable.isEmpty()) {
            then.run();
            return CompletableFuture.completedStage(true);
        }
        CompletionStage<Long> written = ports.recorder().record(recordable);
        var _ = written.whenComplete((revision, failure) -> {
            if (failure != null) {
                owner.accept(new Broken(String.valueOf(failure.getMessage())));
            }
        });
        return written.thenApply(revision -> {
            ports.encryption().settle(tokens);
            then.run();
            return true;
        });
    }

    /// The receipt is the acknowledgement; it may be sent again for what is known.
    private void confirm(Arrival arrival) {
        Received received = arrival.received();
        Origin origin = arrival.origin();
        if (origin.kind() == Origin.Kind.STATUS || origin.kind() == Origin.Kind.NEWSLETTER) {
            acknowledge(received, Acks.ack(received.node(), null));
            return;
        }
        ReceiptType type = origin.kind() == Origin.Kind.PEER
                ? ReceiptType.PEER
                : origin.fromMe() ? ReceiptType.SENDER : ReceiptType.DELIVERED;
        if (origin.fromMe() && arrival.message().recipient() == null && type == ReceiptType.SENDER) {
            acknowledge(received, Acks.ack(received.node(), null));
            return;
        }
        acknowledge(
                received,
                Receipts.delivered(
                        Receipts.Way.back(received.node()),
                        List.of(arrival.message().id()),
                        type));
    }

    /// First the retry receipt, then, only if that went out, the ack. What was opened before the failure is let go.
    private void undecryptable(Arrival arrival, Decryption.Result result) {
        ports.encryption().settle(result.tokens);
        RetryReceipts.Turn turn = retries.next(arrival);
        Recordable recordable = turn.first() && result.failure != null
                ? new Recordable(List.of(arrival.undecryptable(result.failure.code())), List.of(), List.of())
                : Recordable.nothing();
        log.info("message cannot be opened ({}), asked for again: {}", result.why, turn.count());
        var _ = journal(recordable, List.of(), () -> retries.send(arrival, result.failure, turn));
    }
}
