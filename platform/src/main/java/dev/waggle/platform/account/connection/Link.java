package dev.waggle.platform.account.connection;

import dev.waggle.address.Bytes;
import dev.waggle.noise.FrameCipher;
import dev.waggle.noise.HandshakeException;
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
import dev.waggle.wire.frame.FrameException;
import dev.waggle.wire.frame.Frames;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import dev.waggle.wire.node.NodeReader;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// One socket, from dialling to its end; everything that belongs to it ends with it.
/// Phases: dialling, greeting (until the handshake is done), authenticating (until `success`), draining (until the
/// offline stanzas are through), online. A registration stays in authenticating: pairing happens there.
final class Link extends AbstractBehavior<Link.Command> {
    private static final int OFFLINE_BATCH = 200;
    private static final int READ_CREDIT = 64;
    /// A socket that has not said by then that it is closed is forgotten.
    private static final Duration CLOSING_MAX = Duration.ofSeconds(10);
    /// After the socket's end, for those who had not heard of it yet; before it, when somebody waits for that.
    private static final Duration LINGER = Duration.ofSeconds(1);

    sealed interface Command {}

    record Write(Node stanza, CompletableFuture<Done> written) implements Command {}

    record Ask(Function<String, Node> question, CompletableFuture<Node> reply) implements Command {}

    record Settled(int stanzas) implements Command, Belated {}

    /// @param last nobody will ask of it any more: it ends with its socket
    record Close(String why, boolean last) implements Command {}

    record Connected(Transport transport) implements Command {}

    record Data(Bytes bytes) implements Command, Belated {}

    record Lost(DisconnectReason reason) implements Command {}

    private record Silence() implements Command {}

    private record Dead(String why) implements Command {}

    private record DrainOver() implements Command {}

    private record Unanswered(String id) implements Command {}

    private record Gone() implements Command {}

    private final ConnectionSettings settings;
    private final boolean registers;
    private final Clock clock;
    private final Consumer<LinkNotice> owner;
    private final Consumer<Received> stanzas;
    private final TimerScheduler<Command> timers;
    private final LinkLine line;
    private final Frames frames = new Frames(Frames.FRAME_BYTES_MAX);
    private final Questions questions;
    private final FirstWords greeting;
    private final Outlet outlet;
    private final LinkSocket socket;
    private @Nullable Transport transport;
    private LinkNotice.Stage stage = LinkNotice.Stage.DIALLING;
    private boolean drained;
    private boolean over;
    private boolean lost;
    private boolean last;
    private int unsettled;
    private int owedCredit;
    private int offline;

    static Behavior<Command> create(
            ConnectionWorld world,
            Login login,
            Approach.Start start,
            long id,
            Consumer<LinkNotice> owner,
            Consumer<Received> stanzas) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Link(context, timers, world, login, start, id, owner, stanzas)));
    }

    private Link(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            ConnectionWorld world,
            Login login,
            Approach.Start start,
            long id,
            Consumer<LinkNotice> owner,
            Consumer<Received> stanzas) {
        super(context);
        this.settings = world.present();
        this.clock = world.clock();
        this.registers = login.registers();
        this.greeting = FirstWords.begin(login, start, world.random());
        this.owner = owner;
        this.stanzas = stanzas;
        this.timers = timers;
        this.line = new LinkLine(context.getSelf(), id);
        this.questions = new Questions(Integer.toHexString(world.random().nextInt()) + "-");
        var self = context.getSelf();
        this.outlet = new Outlet(world.tenure(), why -> self.tell(new Dead(why)));
        this.socket = new LinkSocket(self);
        world.transports().connect(settings.target(), socket);
        timers.startSingleTimer("greeting", new Dead("no handshake in time"), settings.handshakeMax());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onAnyMessage(this::onMessage)
                .onSignal(PostStop.class, signal -> {
                    socket.end();
                    end();
                    return this;
                })
                .build();
    }

    private Behavior<Command> onMessage(Command message) {
        if (over) {
            return after(message);
        }
        switch (message) {
            case Connected(var open) -> greet(open);
            case Data(var bytes) -> data(bytes.unsafeArray());
            case Lost(var reason) -> over("socket: " + reason);
            case Write write -> write(write.stanza(), write.written());
            case Ask ask -> ask(ask.question(), ask.reply());
            case Settled(var count) -> settled(count);
            case Silence() -> probe();
            case Dead(var why) -> over(why);
            case DrainOver() -> drained();
            case Unanswered(var id) -> questions.unanswered(id);
            case Close(var why, var ends) -> {
                last = ends;
                over(why);
            }
            case Gone() -> {}
        }
        if (over) {
            end();
            timers.cancelAll();
            lost = message instanceof Lost;
            awaitSocket();
        }
        return this;
    }

    /// The line has ended and its socket is being closed: whoever asked in that moment is told, instead of waiting
    /// for somebody who is gone.
    private Behavior<Command> after(Command message) {
        switch (message) {
            case Connected(var late) -> late.disconnect();
            case Lost _ -> lost = true;
            case Close(var _, var ends) -> last |= ends;
            case Write write -> write.written().completeExceptionally(LinkLine.over());
            case Ask ask -> ask.reply().completeExceptionally(LinkLine.over());
            case Data _, Settled _, Silence _, Dead _, DrainOver _, Unanswered _, Gone _ -> {}
        }
        if (message instanceof Gone || (lost && last)) {
            return Behaviors.stopped();
        }
        if (message instanceof Lost || message instanceof Close) {
            awaitSocket();
        }
        return this;
    }

    private void awaitSocket() {
        timers.startSingleTimer("gone", new Gone(), lost || last ? LINGER : CLOSING_MAX);
    }

    private void greet(Transport open) {
        transport = open;
        stage = LinkNotice.Stage.GREETING;
        outlet.opened(open);
        open.request(READ_CREDIT);
        outlet.raw(greeting.opening(), new CompletableFuture<>());
    }

    private void data(byte[] bytes) {
        try {
            for (byte[] frame : frames.accept(bytes)) {
                if (!over) {
                    frame(frame);
                }
            }
        } catch (FrameException | HandshakeException | NodeException e) {
            over("the server broke the protocol: " + e.getMessage());
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
        FrameCipher cipher = outlet.cipher();
        if (cipher != null) {
            heard();
            node(NodeReader.read(cipher.open(frame)));
        } else {
            stage = LinkNotice.Stage.ANSWERED;
            secured(greet(frame));
        }
    }

    private Greeting.Secured greet(byte[] serverHello) {
        try {
            return greeting.accept(serverHello, settings.rootKey(), clock.instant());
        } catch (HandshakeException e) {
            if (greeting.blamesChain()) {
                owner.accept(new LinkNotice.Unresumed(String.valueOf(e.getMessage())));
            }
            throw e;
        }
    }

    private void secured(Greeting.Secured secured) {
        Bytes finish = secured.finish();
        if (finish != null) {
            outlet.raw(Frames.frame(finish.unsafeArray()), new CompletableFuture<>());
        }
        outlet.secured(secured.cipher());
        timers.cancel("greeting");
        owner.accept(new LinkNotice.Secured(secured.pattern(), secured.fresh()));
        heard();
        if (!registers) {
            timers.startSingleTimer("greeting", new Dead("no login answer in time"), settings.handshakeMax());
        }
    }

    private void heard() {
        timers.cancel("pong");
        timers.startSingleTimer("silence", new Silence(), settings.silenceMax());
        owner.accept(new LinkNotice.Traffic());
    }

    private void probe() {
        outlet.rest();
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
            case Failure failure -> over(LinkNotice.Over.of(failure, stage));
            case StreamError error -> streamError(error);
            case StreamEnd _ -> over("the server ended the stream");
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
            over(new LinkNotice.Over(
                    "stream error " + error.reason(), consequence, error.code().orElse(0), stage));
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
            case Ib.EdgeRouting(var hint) -> owner.accept(new LinkNotice.Routed(hint));
            // Nothing that this connection has to act on.
            case Ib.Downgrade _, Ib.ClientExpiration _, Ib.Other _ -> {}
        }
    }

    private void loggedIn(Success success) {
        timers.cancel("greeting");
        owner.accept(new LinkNotice.LoggedIn(line, success));
        ask(new SetPassive(false)::ask, new CompletableFuture<>());
        timers.startSingleTimer("drain", new DrainOver(), settings.drainMax());
    }

    private void drained() {
        timers.cancel("drain");
        if (!drained) {
            drained = true;
            owner.accept(new LinkNotice.Drained(line));
        }
    }

    private void write(Node node, CompletableFuture<Done> written) {
        if (over) {
            written.completeExceptionally(LinkLine.over());
        } else {
            outlet.write(node, written);
        }
    }

    private void ask(Function<String, Node> question, CompletableFuture<Node> reply) {
        questions.register(reply).ifPresent(id -> {
            timers.startSingleTimer(id, new Unanswered(id), settings.answerMax());
            write(question.apply(id), new CompletableFuture<>());
        });
    }

    private void answered(IqReply reply) {
        timers.cancel(reply.id());
        questions.answered(reply);
    }

    private void over(String why) {
        over(new LinkNotice.Over(why, null, 0, stage));
    }

    private void over(LinkNotice.Over end) {
        if (!over) {
            over = true;
            owner.accept(end);
        }
    }

    private void end() {
        line.end();
        outlet.close();
        questions.end();
    }
}
