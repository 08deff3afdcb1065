package dev.waggle.platform.account.retry;

import dev.waggle.address.Jid;
import dev.waggle.platform.port.Received;
import dev.waggle.stanza.Receipt;
import dev.waggle.stanza.receipt.Acks;
import dev.waggle.stanza.receipt.Retry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// Answers those who ask for a message again: one request of a device at a time, devices do not wait for each
/// other.
///
/// A receipt is acknowledged when the message was handed to the line again, or when the request was refused with a
/// reason. One that could not be answered (a store away, the line gone) is not acknowledged: the server delivers it
/// again on the next line, so nothing has to be remembered here.
public final class Retries extends AbstractBehavior<Retries.Command> {
    /// @param perMessage how often one message is sent again to one device
    /// @param burst how many resends one device gets at once
    /// @param refill after which it gets one more
    /// @param waitingMax requests that wait; one above that is left to the server's next delivery
    /// @param attempts how often an answer is tried on one line
    /// @param attemptAgain after which a failed answer is tried again
    /// @param renewAgain how soon a session may be made anew for a device that brought no keys
    public record Limits(
            int perMessage,
            int burst,
            Duration refill,
            int waitingMax,
            int attempts,
            Duration attemptAgain,
            Duration renewAgain) {
        public static final Limits DEFAULT =
                new Limits(5, 100, Duration.ofSeconds(1), 2_048, 4, Duration.ofSeconds(2), Duration.ofHours(1));
    }

    public sealed interface Command {}

    /// A retry receipt; others have no business here.
    public record Asked(Received received, Receipt receipt) implements Command {}

    private record Answered(Request request, Resend.Outcome outcome) implements Command {}

    private record Failed(Request request, Throwable why) implements Command {}

    private record Again(Jid device) implements Command {}

    private final RetryPorts ports;
    private final Limits limits;
    private final TimerScheduler<Command> timers;
    private final Tally tally;
    private final Resend resend;
    /// The first of each is being answered.
    private final Map<Jid, Deque<Request>> lanes = new HashMap<>();
    private int waiting;

    public static Behavior<Command> create(RetryPorts ports, Limits limits) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Retries(context, timers, ports, limits)));
    }

    private Retries(ActorContext<Command> context, TimerScheduler<Command> timers, RetryPorts ports, Limits limits) {
        super(context);
        this.timers = timers;
        this.ports = ports;
        this.limits = limits;
        this.tally = new Tally(limits);
        this.resend = new Resend(ports);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Asked(var received, var receipt) -> asked(received, receipt);
            case Answered(var request, var outcome) -> answered(request, outcome);
            case Failed(var request, var why) -> failed(request, why);
            case Again(var device) -> begin(device);
        }
        return this;
    }

    /// What waits here does not keep the line from reading: the limit is our own.
    private void asked(Received received, Receipt receipt) {
        received.line().settled(1);
        Retry retry = receipt.retry();
        if (retry == null) {
            acknowledge(received);
        } else if (waiting >= limits.waitingMax()) {
            getContext().getLog().warn("{} retry requests wait: one is left to its next delivery", waiting);
        } else {
            Request request = new Request(received, receipt, retry, 1);
            Deque<Request> lane = lanes.computeIfAbsent(request.asker(), device -> new ArrayDeque<>());
            lane.add(request);
            waiting++;
            if (lane.size() == 1) {
                begin(request.asker());
            }
        }
    }

    private void begin(Jid device) {
        Deque<Request> lane = lanes.get(device);
        if (lane == null) {
            return;
        }
        Request request = lane.element();
        if (tally.answered(request)) {
            answered(request, new Resend.Outcome.Refused("answered-before"));
        } else if (tally.tooOften(request)) {
            answered(request, new Resend.Outcome.Refused("too-often"));
        } else if (request.attempts() == 1
                && !tally.allowed(device, ports.clock().instant())) {
            timers.startSingleTimer(device, new Again(device), limits.refill());
        } else {
            boolean mayRenew = resend.wantsNewSession(request.retry())
                    && tally.mayRenew(device, ports.clock().instant());
            getContext()
                    .pipeToSelf(
                            resend.answer(request, mayRenew),
                            (outcome, failure) -> outcome != null
                                    ? new Answered(request, outcome)
                                    : new Failed(
                                            request,
                                            failure == null ? new IllegalStateException("no outcome") : failure));
        }
    }

    private void answered(Request request, Resend.Outcome outcome) {
        switch (outcome) {
            case Resend.Outcome.Resent() -> {
                tally.resent(request);
                getContext()
                        .getLog()
                        .info(
                                "message {} sent again to device {}, time {}",
                                request.id(),
                                request.asker().device(),
                                request.retry().count());
            }
            case Resend.Outcome.Refused(var reason) ->
                getContext()
                        .getLog()
                        .info(
                                "message {} not sent again to device {}: {}",
                                request.id(),
                                request.asker().device(),
                                reason);
        }
        acknowledge(request.received());
        next(request.asker());
    }

    private void failed(Request request, Throwable why) {
        boolean more = request.attempts() < limits.attempts() && !Resend.lineEnded(why);
        getContext()
                .getLog()
                .warn("message {} not sent again, {}: {}", request.id(), more ? "once more" : "given up", why);
        Deque<Request> lane = lanes.get(request.asker());
        if (more && lane != null) {
            lane.removeFirst();
            lane.addFirst(request.oneMoreAttempt());
            timers.startSingleTimer(request.asker(), new Again(request.asker()), limits.attemptAgain());
        } else {
            next(request.asker());
        }
    }

    private void next(Jid device) {
        Deque<Request> lane = lanes.get(device);
        if (lane == null) {
            return;
        }
        lane.remove();
        waiting--;
        if (lane.isEmpty()) {
            lanes.remove(device);
        } else {
            // Through the mailbox, so that a row of refusals does not deepen the stack.
            getContext().getSelf().tell(new Again(device));
        }
    }

    private static void acknowledge(Received received) {
        var _ = received.line().write(Acks.ack(received.node(), null));
    }

    /// For logs: whose requests wait.
    List<Jid> busy() {
        return List.copyOf(lanes.keySet());
    }
}
