package dev.waggle.platform.account;

import dev.waggle.platform.account.AccountCommand.CancelSend;
import dev.waggle.platform.account.AccountCommand.Cancelled;
import dev.waggle.platform.account.Operation.Outcome;
import dev.waggle.platform.account.state.AccountState;
import dev.waggle.platform.account.state.Drafts;
import dev.waggle.platform.account.state.Scheduled;
import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.Intent;
import dev.waggle.storage.OutboundStore;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.OutboundState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/// Sends that have not left: those that wait for their time, and those that are taken back.
///
/// There is one timer, for the earliest. When it comes the journal says so first, then they go to the outbox,
/// behind what their chat has waiting there. While a send waits, the account alone decides that it is taken back.
/// Afterwards the outbox does, which alone knows what it has written: it lets go first, then the journal says so,
/// then the answer is given. When the process ends in between, nobody was answered and the send goes out.
final class Schedule {
    private static final Outcome NOTHING = Outcome.NOTHING;
    private static final int RELEASED_AT_ONCE_MAX = 256;
    /// A clock that was set meanwhile is noticed by then.
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);
    /// Stores that are behind the journal are asked again after this.
    private static final Duration FOLLOW = Duration.ofMillis(50);

    private final ActorContext<AccountMessage> context;
    private final OutboundStore store;
    private final Clock clock;
    private final Operation operation;
    private @Nullable Instant armedFor;
    private @Nullable Cancellable timer;

    Schedule(ActorContext<AccountMessage> context, OutboundStore store, Clock clock, Operation operation) {
        this.context = context;
        this.store = store;
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

    Outcome cancel(AccountState state, CancelSend cancel) {
        if (!state.created()) {
            return refuse(cancel, Refusal.Code.ACCOUNT_NOT_FOUND, "there is no such account");
        }
        Intent intent = state.open().get(cancel.message().value());
        if (intent == null) {
            return lookUp(cancel, CompletableFuture.completedFuture(null));
        }
        if (Scheduled.waits(intent)) {
            return journal(intent, cancel);
        }
        operation.withdraw(
                intent.getMessageId(), unsent -> context.getSelf().tell(new AccountNotice.Withdrawn(cancel, unsent)));
        return Outcome.LATER;
    }

    private Outcome lookUp(CancelSend cancel, CompletionStage<Void> after) {
        context.pipeToSelf(
                after.thenCompose(_ -> store.outboundById(cancel.message())),
                (row, failure) ->
                        new AccountNotice.SendLookedUp(cancel, row == null ? Optional.empty() : row, failure));
        return Outcome.LATER;
    }

    Outcome withdrawn(AccountState state, AccountNotice.Withdrawn answer) {
        Intent intent = state.open().get(answer.cancel().message().value());
        return intent == null || !answer.unsent().getAsBoolean()
                ? refuse(answer.cancel(), Refusal.Code.SEND_NOT_CANCELLABLE, "it may have left already")
                : journal(intent, answer.cancel());
    }

    private Outcome journal(Intent intent, CancelSend cancel) {
        return new Outcome.Journal(Drafts.cancelled(intent, clock.instant()), after -> {
            operation.over(intent);
            cancel.replyTo().tell(Answer.of(new Cancelled(cancel.message())));
        });
    }

    Outcome lookedUp(AccountNotice.SendLookedUp found) {
        CancelSend cancel = found.cancel();
        if (found.failure() != null) {
            return refuse(cancel, Refusal.Code.JOURNAL_UNAVAILABLE, "the stores are away");
        }
        if (found.row().isEmpty()) {
            return refuse(cancel, Refusal.Code.MESSAGE_NOT_FOUND, "no send has the id " + cancel.message());
        }
        OutboundRow row = found.row().get();
        if (row.state() == OutboundState.FAILED && row.problem().equals("cancelled")) {
            cancel.replyTo().tell(Answer.of(new Cancelled(cancel.message())));
            return NOTHING;
        }
        if (row.state() == OutboundState.ACCEPTED) {
            // It is not open any more, so the stores are behind: they will say what became of it.
            return lookUp(
                    cancel,
                    new CompletableFuture<Void>().completeOnTimeout(null, FOLLOW.toMillis(), TimeUnit.MILLISECONDS));
        }
        return refuse(cancel, Refusal.Code.SEND_NOT_CANCELLABLE, "it has come as far as " + row.state());
    }

    private static Outcome refuse(CancelSend cancel, Refusal.Code code, String detail) {
        cancel.replyTo().tell(Answer.refuse(code, detail));
        return NOTHING;
    }
}
