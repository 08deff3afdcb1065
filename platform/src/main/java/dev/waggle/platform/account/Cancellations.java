package dev.waggle.platform.account;

import dev.waggle.address.AccountId;
import dev.waggle.platform.account.AccountCommand.CancelSend;
import dev.waggle.platform.account.AccountCommand.Cancelled;
import dev.waggle.platform.account.Operation.Outcome;
import dev.waggle.platform.account.state.AccountState;
import dev.waggle.platform.account.state.Drafts;
import dev.waggle.platform.account.state.Scheduled;
import dev.waggle.proto.journal.Intent;
import dev.waggle.storage.OutboundStore;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.OutboundState;
import java.time.Clock;
import java.util.Optional;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/// Takes sends back. While one waits for its time the account decides alone. Afterwards the outbox does, which
/// alone knows what it has written: it lets go first, then the journal says so, then the answer is given. When the
/// process ends in between, nobody was answered and the send goes out.
final class Cancellations {
    private static final Outcome NOTHING = new Outcome.Nothing();

    private final ActorContext<AccountMessage> context;
    private final AccountId id;
    private final OutboundStore store;
    private final Clock clock;
    private final Operation operation;

    Cancellations(
            ActorContext<AccountMessage> context, AccountId id, OutboundStore store, Clock clock, Operation operation) {
        this.context = context;
        this.id = id;
        this.store = store;
        this.clock = clock;
        this.operation = operation;
    }

    private static Outcome refuse(CancelSend cancel, Refusal.Code code, String detail) {
        cancel.replyTo().tell(Answer.refuse(code, detail));
        return NOTHING;
    }

    Outcome cancel(AccountState state, CancelSend cancel) {
        if (!state.created()) {
            return refuse(cancel, Refusal.Code.ACCOUNT_NOT_FOUND, "there is no account " + id);
        }
        Intent intent = state.open().get(cancel.message().value());
        if (intent == null) {
            context.pipeToSelf(
                    store.outboundById(cancel.message()),
                    (row, failure) ->
                            new AccountNotice.SendLookedUp(cancel, row == null ? Optional.empty() : row, failure));
            return NOTHING;
        }
        if (Scheduled.waits(intent)) {
            return journal(intent, cancel);
        }
        operation.withdraw(
                intent.getMessageId(), unsent -> context.getSelf().tell(new AccountNotice.Withdrawn(cancel, unsent)));
        return NOTHING;
    }

    Outcome withdrawn(AccountState state, AccountNotice.Withdrawn answer) {
        Intent intent = state.open().get(answer.cancel().message().value());
        return intent == null || !answer.unsent()
                ? refuse(answer.cancel(), Refusal.Code.SEND_NOT_CANCELLABLE, "it may have left already")
                : journal(intent, answer.cancel());
    }

    private Outcome journal(Intent intent, CancelSend cancel) {
        return new Outcome.Journal(
                Drafts.cancelled(intent, clock.instant()),
                after -> cancel.replyTo().tell(Answer.of(new Cancelled(cancel.message()))));
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
        return refuse(cancel, Refusal.Code.SEND_NOT_CANCELLABLE, "it has come as far as " + row.state());
    }
}
