package dev.waggle.platform.account;

import dev.waggle.platform.account.Operation.Outcome;
import dev.waggle.platform.account.state.AccountState;
import dev.waggle.platform.account.state.Drafts;
import dev.waggle.platform.account.state.Scheduled;
import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.Intent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/// Sends that wait for their time: one timer, for the earliest. When it comes the journal says so first, then they
/// go to the outbox, behind what their chat has waiting there.
final class Schedule {
    private static final Outcome NOTHING = new Outcome.Nothing();
    private static final int RELEASED_AT_ONCE_MAX = 256;
    /// A clock that was set meanwhile is noticed by then.
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

    private final ActorContext<AccountMessage> context;
    private final Clock clock;
    private final Operation operation;
    private @Nullable Instant armedFor;
    private @Nullable Cancellable timer;

    Schedule(ActorContext<AccountMessage> context, Clock clock, Operation operation) {
        this.context = context;
        this.clock = clock;
        this.operation = operation;
    }

    /// True for events after which another send may be the earliest.
    static boolean changedBy(Event.KindCase kind) {
        return switch (kind) {
            case SENDS_ACCEPTED, SENDS_RELEASED, SENDS_CANCELLED, UNLINKED, OWNER_CHANGED, DELETED -> true;
            default -> false;
        };
    }

    /// Brings the timer in line with the state.
    void arm(AccountState state) {
        Instant earliest = Scheduled.earliest(state).orElse(null);
        if (Objects.equals(earliest, armedFor)) {
            return;
        }
        disarm();
        if (earliest != null) {
            Duration wait = Duration.between(clock.instant(), earliest);
            Duration bounded = wait.isNegative() ? Duration.ZERO : wait.compareTo(LOOK_AGAIN) > 0 ? LOOK_AGAIN : wait;
            armedFor = earliest;
            timer = context.scheduleOnce(bounded, context.getSelf(), new AccountNotice.SendsDue());
        }
    }

    private void disarm() {
        Cancellable running = timer;
        if (running != null) {
            running.cancel();
        }
        timer = null;
        armedFor = null;
    }

    Outcome due(AccountState state) {
        disarm();
        List<String> ids = Scheduled.due(state, clock.instant(), RELEASED_AT_ONCE_MAX);
        if (ids.isEmpty()) {
            arm(state);
            return NOTHING;
        }
        return new Outcome.Journal(
                Drafts.released(ids),
                after -> ids.forEach(id -> {
                    Intent intent = after.open().get(id);
                    if (intent != null) {
                        operation.deliver(intent);
                    }
                }));
    }
}
