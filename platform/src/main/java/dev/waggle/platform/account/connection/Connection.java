package dev.waggle.platform.account.connection;

import dev.waggle.platform.port.Line;
import dev.waggle.platform.port.Received;
import dev.waggle.stanza.stream.Consequence;
import dev.waggle.transport.Egress;
import dev.waggle.transport.TransportFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
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

    /// Ends an open link and connects again at once; nothing when no link is wanted.
    public record Redial(String why) implements Command {}

    private record Linked(long attempt, Link.Notice notice) implements Command {}

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

    public record Ended(
            EndReason reason, String why, @Nullable Instant until) implements Notice {}

    private final ConnectionSettings settings;
    private final Supplier<Egress> egress;
    private final TransportFactory transports;
    private final SecureRandom random;
    private final Clock clock;
    private final Consumer<Notice> owner;
    private final TimerScheduler<Command> timers;
    private @Nullable Login login;
    private Consumer<Received> stanzas = received -> received.line().settled(1);
    private @Nullable ActorRef<Link.Command> link;
    private long attempt;
    private int step;
    private boolean restarted;
    private @Nullable Instant upSince;

    /// @param egress asked before each attempt
    public static Behavior<Command> create(
            ConnectionSettings settings,
            Supplier<Egress> egress,
            TransportFactory transports,
            SecureRandom random,
            Clock clock,
            Consumer<Notice> owner) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new Connection(context, timers, settings, egress, transports, random, clock, owner)));
    }

    private Connection(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            ConnectionSettings settings,
            Supplier<Egress> egress,
            TransportFactory transports,
            SecureRandom random,
            Clock clock,
            Consumer<Notice> owner) {
        super(context);
        this.settings = settings;
        this.egress = egress;
        this.transports = transports;
        this.random = random;
        this.clock = clock;
        this.owner = owner;
        this.timers = timers;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
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
                drop(why);
                replyTo.tell(Done.getInstance());
            }
            case Redial(var why) -> redial(why);
            case Again() -> dial();
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
            drop(why);
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
        var self = getContext().getSelf();
        owner.accept(new Dialling());
        link = getContext()
                .spawn(
                        Link.create(
                                settings.via(egress.get()),
                                transports,
                                now,
                                random,
                                clock,
                                IDS.incrementAndGet(),
                                notice -> self.tell(new Linked(mine, notice)),
                                stanzas),
                        "link-" + mine);
    }

    private void linked(Link.Notice notice) {
        switch (notice) {
            case Link.LoggedIn(var line, var _) -> {
                upSince = clock.instant();
                owner.accept(new Authenticated(line));
            }
            case Link.Drained(var line) -> {
                restarted = false;
                owner.accept(new Drained(line));
            }
            case Link.Traffic() -> owner.accept(new Traffic(clock.instant()));
            case Link.Over(var why, var consequence) -> over(why, consequence);
        }
    }

    private void over(String why, @Nullable Consequence consequence) {
        link = null;
        Instant since = upSince;
        if (since != null && since.plus(settings.stableMin()).isBefore(clock.instant())) {
            step = 0;
        }
        upSince = null;
        getContext().getLog().info("link {} ends: {}", attempt, why);
        switch (consequence) {
            case Consequence.Restart() -> again(why, restart());
            case Consequence.SlowDown(var steps) -> {
                step += steps;
                again(why, pause());
            }
            case Consequence.LoggedOut() -> ended(EndReason.LOGGED_OUT, why, null);
            case Consequence.Banned() -> ended(EndReason.BANNED, why, null);
            case Consequence.BannedFor(var remaining, var _) ->
                ended(
                        EndReason.BANNED,
                        why,
                        remaining.isZero() ? null : clock.instant().plus(remaining));
            case Consequence.Outdated() -> ended(EndReason.OUTDATED, why, null);
            case Consequence.Rejected() -> ended(EndReason.OUTDATED, why, null);
            case Consequence.Replaced() -> ended(EndReason.REPLACED, why, null);
            case Consequence.Retry(), Consequence.Stay() -> again(why, pause());
            case null -> again(why, pause());
        }
    }

    private void ended(EndReason reason, String why, @Nullable Instant until) {
        login = null;
        owner.accept(new Ended(reason, why, until));
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
        return Backoff.pause(step++, settings.backoffMax(), random);
    }

    private void drop(String why) {
        ActorRef<Link.Command> now = link;
        link = null;
        attempt++;
        if (now != null) {
            now.tell(new Link.Close(why));
        }
    }
}
