package dev.waggle.platform.account.connection;

import dev.waggle.address.Bytes;
import dev.waggle.noise.CertificateChain;
import dev.waggle.noise.Pattern;
import dev.waggle.platform.port.Line;
import dev.waggle.platform.port.Received;
import dev.waggle.platform.port.ServerMemory;
import dev.waggle.stanza.stream.Consequence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// Keeps one link up, with growing pauses, until somebody says close or the server says that no reconnect will
/// help.
public final class Connection extends AbstractBehavior<Connection.Command> {
    private static final AtomicLong IDS = new AtomicLong();

    public sealed interface Command {}

    /// Connects at once with this login, and uses it for every later attempt. An open link is left as it is.
    public record Open(Login login, Consumer<Received> stanzas) implements Command {}

    /// Ends link and attempts; answers when the link's end has been ordered.
    public record Close(String why, ActorRef<Done> replyTo) implements Command {}

    /// Ends link and attempts for good; answers when no link is left, its socket closed or given up. After this
    /// only the end of the connection itself makes sense.
    public record Leave(String why, CompletableFuture<Done> left) implements Command {}

    /// Ends an open link and connects again at once; nothing when no link is wanted.
    public record Redial(String why) implements Command {}

    private record Recalled(long attempt, ServerMemory.Known known) implements Command {}

    private record Linked(long attempt, LinkNotice notice) implements Command {}

    private record Again() implements Command {}

    /// Why no reconnect will help without a person.
    public enum EndReason {
        LOGGED_OUT,
        BANNED,
        OUTDATED,
        REPLACED
    }

    public sealed interface Notice {}

    public record Dialling() implements Notice {}

    /// Logged in; what waited on the server is still coming.
    public record Authenticated(Line line) implements Notice {}

    /// Everything that waited has come.
    public record Drained(Line line) implements Notice {}

    public record Traffic(Instant at) implements Notice {}

    public record Down(String why, Instant nextAttemptAt) implements Notice {}

    /// @param until when the server will let the account in again; null: it did not say, or never
    /// @param code the server's number for it, 0 when it gave none
    public record Ended(
            EndReason reason, String why, @Nullable Instant until, int code) implements Notice {}

    private final ConnectionWorld world;
    private final Clock clock;
    private final Approach approach = new Approach();
    private final Consumer<Notice> owner;
    private final TimerScheduler<Command> timers;
    private @Nullable Login login;
    private Consumer<Received> stanzas = received -> received.line().settled(1);
    private @Nullable ActorRef<Link.Command> link;
    private long attempt;
    private int step;
    private boolean restarted;
    private @Nullable Instant upSince;
    private final List<CompletableFuture<Done>> leaving = new ArrayList<>();

    public static Behavior<Command> create(ConnectionWorld world, Consumer<Notice> owner) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new Connection(context, timers, world, owner)));
    }

    private Connection(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            ConnectionWorld world,
            Consumer<Notice> owner) {
        super(context);
        this.world = world;
        this.clock = world.clock();
        this.owner = owner;
        this.timers = timers;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onAnyMessage(this::onMessage)
                .onSignal(ChildFailed.class, this::failed)
                .onSignal(Terminated.class, _ -> childEnded())
                .build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Open open -> {
                if (login == null) {
                    // Somebody wants a link anew: what went wrong before does not count against it.
                    step = 0;
                    restarted = false;
                }
                login = open.login();
                stanzas = open.stanzas();
                if (link == null) {
                    dial();
                }
            }
            case Close(var why, var replyTo) -> {
                login = null;
                timers.cancelAll();
                drop(why, false);
                replyTo.tell(Done.getInstance());
            }
            case Leave(var why, var left) -> {
                leaving.add(left);
                login = null;
                timers.cancelAll();
                drop(why, true);
                childEnded();
            }
            case Redial(var why) -> redial(why);
            case Again() -> dial();
            case Recalled(var of, var known) -> {
                if (of == attempt) {
                    greet(known);
                }
            }
            case Linked(var from, var notice) -> {
                if (from == attempt) {
                    linked(notice);
                }
            }
        }
        return this;
    }

    private void redial(String why) {
        if (login != null) {
            drop(why, false);
            upSince = null;
            owner.accept(new Down(why, clock.instant()));
            dial();
        }
    }

    private void dial() {
        Login now = login;
        if (now == null) {
            return;
        }
        timers.cancel("again");
        long mine = ++attempt;
        owner.accept(new Dialling());
        getContext().pipeToSelf(now.memory().recall(), (known, failure) -> {
            if (failure != null) {
                getContext().getLog().warn("what is known of the server cannot be read: {}", failure.toString());
            }
            return new Recalled(mine, known == null ? ServerMemory.Known.NOTHING : known);
        });
    }

    private void greet(ServerMemory.Known known) {
        Login now = login;
        if (now == null) {
            return;
        }
        long mine = attempt;
        var self = getContext().getSelf();
        Approach.Start start =
                approach.next(known, now.registers(), world.settings().rootKey(), clock.instant());
        link = getContext()
                .spawn(
                        Link.create(
                                world,
                                now,
                                start,
                                IDS.incrementAndGet(),
                                notice -> self.tell(new Linked(mine, notice)),
                                stanzas),
                        "link-" + mine);
        getContext().watch(link);
    }

    /// A fault of our own, not of the network: the link said nothing about its end.
    private Behavior<Command> failed(ChildFailed signal) {
        ActorRef<Link.Command> now = link;
        if (now != null && signal.getRef().path().equals(now.path())) {
            over(new LinkNotice.Over("the link failed: " + signal.cause(), null, 0, LinkNotice.Stage.ANSWERED));
        }
        return childEnded();
    }

    private void linked(LinkNotice notice) {
        switch (notice) {
            case LinkNotice.Secured(var pattern, var fresh) -> secured(pattern, fresh);
            case LinkNotice.Unresumed(var why) -> unresumed(why);
            case LinkNotice.Routed(var hint) -> memory().routing(hint);
            case LinkNotice.LoggedIn(var line, var _) -> {
                upSince = clock.instant();
                owner.accept(new Authenticated(line));
            }
            case LinkNotice.Drained(var line) -> {
                restarted = false;
                owner.accept(new Drained(line));
            }
            case LinkNotice.Traffic() -> owner.accept(new Traffic(clock.instant()));
            case LinkNotice.Over over -> over(over);
        }
    }

    private ServerMemory memory() {
        Login now = login;
        return now == null || now.registers() ? ServerMemory.NONE : now.memory();
    }

    private void secured(Pattern pattern, @Nullable CertificateChain fresh) {
        getContext().getLog().debug("link {}: greeted by {}", attempt, pattern);
        approach.secured();
        if (fresh != null) {
            memory().chain(Bytes.wrap(fresh.encode()));
        }
    }

    /// Neither the chain nor resuming is tried again before the server was met anew.
    private void unresumed(String why) {
        getContext().getLog().warn("link {}: not resumed, the kept chain is dropped: {}", attempt, why);
        approach.broken();
        memory().chain(Bytes.EMPTY);
    }

    private void over(LinkNotice.Over over) {
        link = null;
        Instant since = upSince;
        if (since != null && since.plus(world.settings().stableMin()).isBefore(clock.instant())) {
            step = 0;
        }
        upSince = null;
        if (over.stage() == LinkNotice.Stage.GREETING) {
            approach.unanswered();
        }
        String why = over.why();
        getContext().getLog().info("link {} ends: {}", attempt, why);
        switch (over.consequence()) {
            case Consequence.Restart() -> again(why, restart());
            case Consequence.SlowDown(var steps) -> {
                step += steps;
                again(why, pause());
            }
            case Consequence.LoggedOut() -> ended(EndReason.LOGGED_OUT, over, null);
            case Consequence.Banned() -> ended(EndReason.BANNED, over, null);
            case Consequence.BannedFor(var remaining, var _) ->
                ended(
                        EndReason.BANNED,
                        over,
                        remaining.isZero() ? null : clock.instant().plus(remaining));
            case Consequence.Outdated() -> ended(EndReason.OUTDATED, over, null);
            case Consequence.Rejected() -> ended(EndReason.OUTDATED, over, null);
            case Consequence.Replaced() -> ended(EndReason.REPLACED, over, null);
            case Consequence.Retry(), Consequence.Stay() -> again(why, pause());
            case null -> again(why, pause());
        }
    }

    private void ended(EndReason reason, LinkNotice.Over over, @Nullable Instant until) {
        login = null;
        owner.accept(new Ended(reason, over.why(), until, over.code()));
    }

    private void again(String why, Duration pause) {
        if (login == null) {
            return;
        }
        owner.accept(new Down(why, clock.instant().plus(pause)));
        timers.startSingleTimer("again", new Again(), pause);
    }

    /// The first restart that the server asks for is made at once, as after a pairing; a second one before anything
    /// went well is a server that asks for ever.
    private Duration restart() {
        Duration pause = restarted ? pause() : Duration.ZERO;
        restarted = true;
        return pause;
    }

    private Duration pause() {
        return Backoff.pause(step++, world.settings().backoffMax(), world.random());
    }

    private void drop(String why, boolean last) {
        ActorRef<Link.Command> now = link;
        link = null;
        attempt++;
        if (last) {
            // Also those that were dropped before and wait for their sockets.
            getContext()
                    .getChildren()
                    .forEach(child -> child.<Link.Command>unsafeUpcast().tell(new Link.Close(why, true)));
        } else if (now != null) {
            now.tell(new Link.Close(why, false));
        }
    }

    private Behavior<Command> childEnded() {
        if (getContext().getChildren().isEmpty()) {
            leaving.forEach(left -> left.complete(Done.getInstance()));
            leaving.clear();
        }
        return this;
    }
}
