package dev.waggle.platform.account.connection;

import dev.waggle.crypto.KeyPair;
import dev.waggle.noise.FrameCipher;
import dev.waggle.noise.Handshake;
import dev.waggle.noise.HandshakeException;
import dev.waggle.platform.port.Line;
import dev.waggle.platform.port.LineException;
import dev.waggle.platform.port.Received;
import dev.waggle.stanza.Failure;
import dev.waggle.stanza.Ib;
import dev.waggle.stanza.IqReply;
import dev.waggle.stanza.IqRequest;
import dev.waggle.stanza.Stanza;
import dev.waggle.stanza.StreamEnd;
import dev.waggle.stanza.StreamError;
import dev.waggle.stanza.Success;
import dev.waggle.stanza.iq.MarkClean;
import dev.waggle.stanza.iq.Ping;
import dev.waggle.stanza.iq.SetPassive;
import dev.waggle.stanza.receipt.Acks;
import dev.waggle.stanza.receipt.NackCode;
import dev.waggle.stanza.stream.Announce;
import dev.waggle.stanza.stream.Consequence;
import dev.waggle.transport.DisconnectReason;
import dev.waggle.transport.Transport;
import dev.waggle.transport.TransportEvents;
import dev.waggle.transport.TransportFactory;
import dev.waggle.wire.frame.FrameException;
import dev.waggle.wire.frame.Frames;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import dev.waggle.wire.node.NodeReader;
import dev.waggle.wire.node.NodeWriter;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.DeadLetterSuppression;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// One socket, from dialling to its end; everything that belongs to it ends with it.
///
/// Phases: dialling, greeting (until the handshake is done), authenticating (until `success`), draining (until the
/// offline stanzas are through), online. A registration stays in authenticating: pairing happens there.
final class Link extends AbstractBehavior<Link.Command> {
    private static final int OFFLINE_BATCH = 200;
    private static final int READ_CREDIT = 64;

    sealed interface Command {}

    record Write(Node stanza, CompletableFuture<Done> written) implements Command {}

    record Ask(Function<String, Node> question, CompletableFuture<Node> reply) implements Command {}

    record Settled(int stanzas) implements Command {}

    record Close(String why) implements Command {}

    private record Connected(Transport transport) implements Command {}

    private record Data(dev.waggle.address.Bytes bytes) implements Command {}

    /// Comes to nobody when the link ended its socket by itself.
    private record Lost(DisconnectReason reason) implements Command, DeadLetterSuppression {}

    private record Silence() implements Command {}

    private record Dead(String why) implements Command {}

    private record DrainOver() implements Command {}

    private record Unanswered(String id) implements Command {}

    /// What the connection is told.
    sealed interface Notice {}

    record LoggedIn(Line line, Success success) implements Notice {}

    record Drained(Line line) implements Notice {}

    record Traffic() implements Notice {}

    /// The end. `consequence` is null when the server said nothing about it.
    record Over(String why, @Nullable Consequence consequence) implements Notice {}

    private final ConnectionSettings settings;
    private final Login login;
    private final SecureRandom random;
    private final Clock clock;
    private final Consumer<Notice> owner;
    private final Consumer<Received> stanzas;
    private final TimerScheduler<Command> timers;
    private final LinkLine line;
    private final Frames frames = new Frames(Frames.FRAME_BYTES_MAX);
    private final Questions questions;
    private @Nullable Transport transport;
    private Handshake.@Nullable XxStarted handshake;
    private @Nullable FrameCipher cipher;
    private boolean drained;
    private boolean over;
    private int unsettled;
    private int owedCredit;
    private int offline;

    static Behavior<Command> create(
            ConnectionSettings settings,
            TransportFactory transports,
            Login login,
            SecureRandom random,
            Clock clock,
            long id,
            Consumer<Notice> owner,
            Consumer<Received> stanzas) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new Link(context, timers, settings, transports, login, random, clock, id, owner, stanzas)));
    }

    private Link(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            ConnectionSettings settings,
            TransportFactory transports,
            Login login,
            SecureRandom random,
            Clock clock,
            long id,
            Consumer<Notice> owner,
            Consumer<Received> stanzas) {
        super(context);
        this.settings = settings;
        this.login = login;
        this.random = random;
        this.clock = clock;
        this.owner = owner;
        this.stanzas = stanzas;
        this.timers = timers;
        this.line = new LinkLine(context.getSelf(), id);
        this.questions = new Questions(Integer.toHexString(random.nextInt()) + "-");
        var self = context.getSelf();
        transports.connect(settings.target(), new TransportEvents() {
            @Override
            public void connected(Transport open) {
                self.tell(new Connected(open));
            }

            @Override
            public void received(byte[] bytes) {
                self.tell(new Data(dev.waggle.address.Bytes.wrap(bytes)));
            }

            @Override
            public void disconnected(DisconnectReason reason) {
                self.tell(new Lost(reason));
            }
        });
        timers.startSingleTimer("greeting", new Dead("no handshake in time"), settings.handshakeMax());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onAnyMessage(this::onMessage)
                .onSignal(PostStop.class, signal -> {
                    end();
                    return this;
                })
                .build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Connected(var open) -> greet(open);
            case Data(var bytes) -> data(bytes.unsafeArray());
            case Lost(var reason) -> over("socket: " + reason, null);
            case Write write -> write(write.stanza(), write.written());
            case Ask ask -> ask(ask.question(), ask.reply());
            case Settled(var count) -> settled(count);
            case Silence() -> probe();
            case Dead(var why) -> over(why, null);
            case DrainOver() -> drained();
            case Unanswered(var id) -> questions.unanswered(id);
            case Close(var why) -> over(why, null);
        }
        return over ? Behaviors.stopped() : this;
    }

    private void greet(Transport open) {
        transport = open;
        open.request(READ_CREDIT);
        Handshake.XxStarted started = Handshake.xx(KeyPair.generate(random));
        handshake = started;
        byte[] hello = Frames.frame(started.hello());
        byte[] first = new byte[Frames.INTRO.size() + hello.length];
        System.arraycopy(Frames.INTRO.unsafeArray(), 0, first, 0, Frames.INTRO.size());
        System.arraycopy(hello, 0, first, Frames.INTRO.size(), hello.length);
        var _ = open.send(first);
    }

    private void data(byte[] bytes) {
        try {
            for (byte[] frame : frames.accept(bytes)) {
                if (!over) {
                    frame(frame);
                }
            }
        } catch (FrameException | HandshakeException | NodeException e) {
            over("the server broke the protocol: " + e.getMessage(), null);
        }
        owedCredit++;
        grant();
    }

    /// Reading goes on while what was handed over is being dealt with.
    private void grant() {
        Transport now = transport;
        if (now != null && unsettled < settings.unsettledMax() && owedCredit > 0) {
            now.request(owedCredit);
            owedCredit = 0;
        }
    }

    private void settled(int count) {
        unsettled = Math.max(0, unsettled - count);
        grant();
    }

    private void frame(byte[] frame) {
        Handshake.XxStarted started = handshake;
        FrameCipher now = cipher;
        if (now != null) {
            heard();
            node(NodeReader.read(now.open(frame)));
        } else if (started != null) {
            Handshake.Secured secured = started.accept(frame, settings.rootKey(), clock.instant())
                    .finish(login.noise(), login.payload().unsafeArray());
            handshake = null;
            cipher = secured.cipher();
            raw(Frames.frame(secured.message()), null);
            timers.cancel("greeting");
            heard();
            if (!login.registers()) {
                timers.startSingleTimer("greeting", new Dead("no login answer in time"), settings.handshakeMax());
            }
        }
    }

    private void heard() {
        timers.cancel("pong");
        timers.startSingleTimer("silence", new Silence(), settings.silenceMax());
        owner.accept(new Traffic());
    }

    private void probe() {
        timers.startSingleTimer("pong", new Dead("nothing heard for too long"), settings.pongMax());
        ask(new Ping()::ask, new CompletableFuture<>());
    }

    private void node(Node node) {
        Stanza stanza;
        try {
            stanza = Stanza.read(node);
        } catch (NodeException e) {
            getContext().getLog().warn("connection {}: {}", line.connectionId(), e.getMessage());
            if (Acks.wanted(node)) {
                write(Acks.nack(node, NackCode.PARSING, null), new CompletableFuture<>());
            }
            return;
        }
        switch (stanza) {
            case IqReply reply -> answered(reply);
            case IqRequest(var id, var _, IqRequest.Ping()) -> write(Announce.pong(id), new CompletableFuture<>());
            case Success success -> loggedIn(success);
            case Failure failure ->
                over("login refused: " + failure.reason() + " " + failure.code(), failure.consequence());
            case StreamError error -> streamError(error);
            case StreamEnd _ -> over("the server ended the stream", null);
            case Ib ib -> ib.items().forEach(this::remark);
            default -> hand(stanza, node);
        }
    }

    private void hand(Stanza stanza, Node node) {
        unsettled++;
        if (node.has("offline") && ++offline % OFFLINE_BATCH == 0) {
            write(Announce.offlineBatch(OFFLINE_BATCH), new CompletableFuture<>());
        }
        stanzas.accept(new Received(line, stanza, node));
    }

    private void streamError(StreamError error) {
        Consequence consequence = error.consequence();
        if (consequence instanceof Consequence.Stay) {
            getContext().getLog().warn("connection {}: stream error {}", line.connectionId(), error.reason());
        } else {
            over("stream error " + error.reason(), consequence);
        }
    }

    private void remark(Ib.Item item) {
        switch (item) {
            case Ib.OfflinePreview preview -> write(Announce.offlineBatch(OFFLINE_BATCH), new CompletableFuture<>());
            case Ib.OfflineEnd _ -> drained();
            case Ib.Dirty(var type, var since) -> {
                if (since != null) {
                    ask(new MarkClean(type, since)::ask, new CompletableFuture<>());
                }
            }
            case Ib.EdgeRouting _, Ib.Downgrade _, Ib.ClientExpiration _, Ib.Other _ -> {
                // Nothing that this connection has to act on.
            }
        }
    }

    private void loggedIn(Success success) {
        timers.cancel("greeting");
        owner.accept(new LoggedIn(line, success));
        ask(new SetPassive(false)::ask, new CompletableFuture<>());
        timers.startSingleTimer("drain", new DrainOver(), settings.drainMax());
    }

    private void drained() {
        timers.cancel("drain");
        if (!drained) {
            drained = true;
            owner.accept(new Drained(line));
        }
    }

    private void write(Node node, CompletableFuture<Done> written) {
        FrameCipher now = cipher;
        if (now == null || over) {
            written.completeExceptionally(LinkLine.over());
        } else {
            raw(Frames.frame(now.seal(NodeWriter.write(node))), written);
        }
    }

    /// A sealed frame that cannot be written ends the connection: its counter is spent, the server waits for it.
    private void raw(byte[] bytes, @Nullable CompletableFuture<Done> written) {
        Transport now = transport;
        if (now == null) {
            return;
        }
        var self = getContext().getSelf();
        var _ = now.send(bytes).whenComplete((sent, failure) -> {
            if (failure == null) {
                if (written != null) {
                    written.complete(Done.getInstance());
                }
            } else {
                if (written != null) {
                    written.completeExceptionally(
                            new LineException(LineException.Kind.ENDED, String.valueOf(failure.getMessage())));
                }
                self.tell(new Dead("a frame could not be written"));
            }
        });
    }

    private void ask(Function<String, Node> question, CompletableFuture<Node> reply) {
        String id = questions.register(reply);
        timers.startSingleTimer(id, new Unanswered(id), settings.answerMax());
        write(question.apply(id), new CompletableFuture<>());
    }

    private void answered(IqReply reply) {
        timers.cancel(reply.id());
        questions.answered(reply);
    }

    private void over(String why, @Nullable Consequence consequence) {
        if (!over) {
            over = true;
            owner.accept(new Over(why, consequence));
        }
    }

    private void end() {
        line.end();
        Transport now = transport;
        if (now != null) {
            now.disconnect();
        }
        questions.end();
    }
}
