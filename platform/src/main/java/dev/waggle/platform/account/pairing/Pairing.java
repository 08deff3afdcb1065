package dev.waggle.platform.account.pairing;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.crypto.KeyPair;
import dev.waggle.platform.port.Line;
import dev.waggle.platform.port.Received;
import dev.waggle.stanza.IqRequest;
import dev.waggle.stanza.Notification;
import dev.waggle.stanza.iq.companion.CompanionFinish;
import dev.waggle.stanza.iq.companion.CompanionHello;
import dev.waggle.stanza.notification.Content;
import dev.waggle.stanza.pairing.Adv;
import dev.waggle.stanza.pairing.CodeCompanion;
import dev.waggle.stanza.pairing.PairReplies;
import dev.waggle.stanza.pairing.PairingException;
import dev.waggle.stanza.pairing.QrText;
import dev.waggle.stanza.receipt.Acks;
import dev.waggle.wire.node.Node;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// One attempt to link this account. It ends with the confirmed link, with a refusal, or when its codes are used
/// up.
public final class Pairing extends AbstractBehavior<Pairing.Command> {
    private static final Duration FIRST_QR = Duration.ofMinutes(1);
    private static final Duration NEXT_QR = Duration.ofSeconds(20);
    private static final Duration CODE = Duration.ofMinutes(3);

    /// Our side of the link: all of it durable before the attempt began.
    public record Keys(KeyPair noise, KeyPair identity, Bytes advSecret) {}

    /// @param phone null for pairing by QR
    public record Way(@Nullable Jid phone, String platform, String display) {}

    public sealed interface Command {}

    public record Take(Received received) implements Command {}

    /// The link that was proposed is journaled: tell the server.
    public record Confirm() implements Command {}

    private record NextQr() implements Command {}

    private record Expire() implements Command {}

    private record CodeKnown(CodeCompanion of) implements Command {}

    private record Finishing() implements Command {}

    private record Failure(String why) implements Command {}

    public sealed interface Notice {}

    public record QrShown(String text, Instant until) implements Notice {}

    public record CodeShown(String code, Instant until) implements Notice {}

    /// A phone linked us. To be journaled, then confirmed.
    public record Proposed(Jid jid, @Nullable Jid lid, Bytes deviceIdentity, String platform, String businessName)
            implements Notice {}

    public record Confirmed() implements Notice {}

    public record Expired() implements Notice {}

    public record Failed(String why) implements Notice {}

    private final Keys keys;
    private final Way way;
    private final SecureRandom random;
    private final Clock clock;
    private final Consumer<Notice> owner;
    private final TimerScheduler<Command> timers;
    private final Deque<String> refs = new ArrayDeque<>();
    private Bytes advSecret;
    private @Nullable Line line;
    private @Nullable CodeCompanion code;
    private @Nullable Node confirmation;

    public static Behavior<Command> create(
            Keys keys, Way way, SecureRandom random, Clock clock, Consumer<Notice> owner) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Pairing(context, timers, keys, way, random, clock, owner)));
    }

    private Pairing(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Keys keys,
            Way way,
            SecureRandom random,
            Clock clock,
            Consumer<Notice> owner) {
        super(context);
        this.keys = keys;
        this.way = way;
        this.random = random;
        this.clock = clock;
        this.owner = owner;
        this.timers = timers;
        this.advSecret = keys.advSecret();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Command> onMessage(Command message) {
        return switch (message) {
            case Take(var received) -> take(received);
            case NextQr() -> showQr(NEXT_QR);
            case CodeKnown(var of) -> showCode(of);
            case Finishing() -> this;
            case Confirm() -> confirm();
            case Expire() -> end(new Expired());
            case Failure(var why) -> end(new Failed(why));
        };
    }

    /// The line comes with what comes over it: news of it by another way could be slower than the phone.
    private Behavior<Command> take(Received received) {
        line = received.line();
        received.line().settled(1);
        return switch (received.stanza()) {
            case IqRequest(var id, var _, IqRequest.PairDevice(var offered)) -> {
                write(PairReplies.received(id));
                refs.addAll(offered);
                yield way.phone() == null ? showQr(FIRST_QR) : askForCode(way.phone());
            }
            case IqRequest(var id, var _, IqRequest.PairSuccess success) -> paired(id, success);
            case Notification notification -> notification(received, notification);
            default -> this;
        };
    }

    private Behavior<Command> showQr(Duration goodFor) {
        String ref = refs.poll();
        if (ref == null) {
            return end(new Expired());
        }
        QrText text = new QrText(ref, keys.noise().publicKey(), keys.identity().publicKey(), advSecret, way.platform());
        timers.startSingleTimer(new NextQr(), goodFor);
        owner.accept(new QrShown(text.text(), clock.instant().plus(goodFor)));
        return this;
    }

    private Behavior<Command> askForCode(Jid phone) {
        Line now = line;
        if (code != null || now == null) {
            return this;
        }
        CodeCompanion begun = CodeCompanion.begin(random);
        code = begun;
        getContext()
                .pipeToSelf(
                        now.ask(new CompanionHello(
                                phone,
                                true,
                                begun.wrappedEphemeral(),
                                keys.noise().publicKey(),
                                way.platform(),
                                way.display())),
                        (ref, failure) -> ref == null ? new Failure(String.valueOf(failure)) : new CodeKnown(begun));
        return this;
    }

    /// Not before the server knows of it: a code typed earlier would be refused by the phone.
    private Behavior<Command> showCode(CodeCompanion known) {
        timers.startSingleTimer(new Expire(), CODE);
        owner.accept(new CodeShown(known.code().display(), clock.instant().plus(CODE)));
        return this;
    }

    private Behavior<Command> notification(Received received, Notification notification) {
        write(Acks.ack(received.node(), null));
        CodeCompanion begun = code;
        Jid phone = way.phone();
        Line now = line;
        if (!(notification.content() instanceof Content.LinkCodeHello hello)
                || begun == null
                || phone == null
                || now == null) {
            return this;
        }
        try {
            CodeCompanion.Finished finished =
                    begun.finish(hello.wrappedEphemeral(), hello.primaryIdentity(), keys.identity(), random);
            advSecret = finished.advSecret();
            getContext()
                    .pipeToSelf(
                            now.ask(new CompanionFinish(
                                    phone,
                                    finished.wrappedKeyBundle(),
                                    keys.identity().publicKey(),
                                    hello.ref())),
                            (done, failure) -> failure == null ? new Finishing() : new Failure("code refused"));
        } catch (PairingException e) {
            return end(new Failed(e.reason().text()));
        }
        return this;
    }

    private Behavior<Command> paired(@Nullable String id, IqRequest.PairSuccess success) {
        try {
            Adv.Accepted accepted = Adv.accept(success.deviceIdentity(), advSecret, keys.identity(), random);
            confirmation = PairReplies.signed(id, accepted);
            timers.cancelAll();
            owner.accept(new Proposed(
                    success.device(),
                    success.lid(),
                    accepted.deviceIdentity(),
                    success.platform() == null ? "" : success.platform(),
                    success.businessName() == null ? "" : success.businessName()));
            return this;
        } catch (PairingException e) {
            write(PairReplies.refused(id, e.reason()));
            return end(new Failed(e.reason().text()));
        }
    }

    private Behavior<Command> confirm() {
        Node answer = confirmation;
        if (answer == null) {
            return this;
        }
        write(answer);
        return end(new Confirmed());
    }

    private void write(Node node) {
        Line now = line;
        if (now != null) {
            var _ = now.write(node);
        }
    }

    private Behavior<Command> end(Notice notice) {
        owner.accept(notice);
        return Behaviors.stopped();
    }
}
