package dev.waggle.platform.account;

import dev.waggle.address.AccountId;
import dev.waggle.platform.account.Operation.Outcome;
import dev.waggle.platform.account.state.AccountState;
import dev.waggle.platform.account.state.AccountState.Link;
import dev.waggle.platform.account.state.Drafts;
import dev.waggle.platform.account.state.Scheduled;
import dev.waggle.proto.journal.Configured;
import dev.waggle.proto.journal.Deleted;
import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.Unlinked;
import dev.waggle.storage.Backend;
import dev.waggle.transport.Egress;
import dev.waggle.transport.ProxyUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/// What people ask of an account: refused with a reason, or journaled and then answered.
final class Requests {
    private static final Outcome NOTHING = Outcome.NOTHING;
    private static final Duration SEND_AT_PAST_MAX = Duration.ofMinutes(5);

    private final ActorContext<AccountMessage> context;
    private final AccountId id;
    private final AccountServices services;
    private final Backend store;
    private final Sends sends;
    private final Operation operation;
    private final Bindings bindings;
    private final Schedule schedule;
    private boolean deleted;

    Requests(
            ActorContext<AccountMessage> context,
            AccountId id,
            AccountServices services,
            Backend store,
            Sends sends,
            Operation operation,
            Bindings bindings,
            Schedule schedule) {
        this.context = context;
        this.id = id;
        this.services = services;
        this.store = store;
        this.sends = sends;
        this.operation = operation;
        this.bindings = bindings;
        this.schedule = schedule;
    }

    /// The account was deleted here, and nothing is left to do but to end.
    boolean deleted() {
        return deleted;
    }

    /// What a command means for the journal; it was answered, or is answered later.
    ///
    /// @param unapplied events that the stores have not followed yet
    Outcome decided(AccountState state, AccountCommand command, int unapplied) {
        return switch (command) {
            case AccountCommand.Configure configure -> configure(state, configure);
            case AccountCommand.SetProxy set -> proxy(state, set);
            case AccountCommand.Describe(var replyTo) -> describe(state, replyTo);
            case AccountCommand.SetDesiredState(var running, var replyTo) -> desired(state, running, replyTo);
            case AccountCommand.StartPairing start -> pair(state, start);
            case AccountCommand.DescribePairing(var pairing, var replyTo) -> {
                replyTo.tell(operation.desk().read(pairing));
                yield Outcome.NOTHING;
            }
            case AccountCommand.WatchPairing(var pairing, var replyTo) -> {
                operation.desk().watch(pairing, replyTo);
                yield Outcome.NOTHING;
            }
            case AccountCommand.CancelPairing(var pairing, var replyTo) -> {
                operation.cancelPairing(state);
                replyTo.tell(operation.desk().read(pairing));
                yield Outcome.NOTHING;
            }
            case AccountCommand.Send send -> send(state, send, unapplied);
            case AccountCommand.FetchMedia fetch -> fetch(state, fetch);
            case AccountCommand.CancelSend cancel -> schedule.cancel(state, cancel);
            case AccountCommand.BindPlugin bind -> bindings.bind(state, bind);
            case AccountCommand.UnbindPlugin unbind -> bindings.unbind(state, unbind);
            case AccountCommand.StepPlugin step -> bindings.step(state, step, unapplied);
            case AccountCommand.DescribePlugin describe -> bindings.describe(state, describe);
            case AccountCommand.Logout logout -> operation.logout(state, logout);
            case AccountCommand.Delete(var replyTo) -> delete(state, replyTo);
            case AccountCommand.Leave leave -> operation.leave(leave);
        };
    }

    private static <T> Outcome refuse(ActorRef<Answer<T>> replyTo, Refusal.Code code, String detail) {
        replyTo.tell(Answer.refuse(code, detail));
        return NOTHING;
    }

    private <T> Outcome notFound(ActorRef<Answer<T>> replyTo) {
        return refuse(replyTo, Refusal.Code.ACCOUNT_NOT_FOUND, "there is no account " + id);
    }

    private Outcome describe(AccountState state, ActorRef<Answer<AccountView>> replyTo) {
        if (!state.created()) {
            return notFound(replyTo);
        }
        replyTo.tell(Answer.of(operation.view(state)));
        return NOTHING;
    }

    private Outcome configure(AccountState state, AccountCommand.Configure configure) {
        Configured.Builder profile = state.profile().toBuilder();
        if (configure.pushName() != null) {
            profile.setPushName(configure.pushName());
        }
        if (configure.labels() != null) {
            profile.clearLabels().addAllLabels(configure.labels());
        }
        if (configure.metadata() != null) {
            profile.clearMetadata().putAllMetadata(configure.metadata());
        }
        if (state.created() && profile.build().equals(state.profile())) {
            // Perhaps once more since the directory did not have it: it must have it now.
            listed(state, configure.replyTo());
            return Outcome.NOTHING;
        }
        return new Outcome.Journal(
                Event.newBuilder().setConfigured(profile), after -> listed(after, configure.replyTo()));
    }

    private Outcome proxy(AccountState state, AccountCommand.SetProxy set) {
        if (!state.created()) {
            return notFound(set.replyTo());
        }
        Egress.Proxy proxy = set.proxy();
        String stored = proxy == null ? "" : ProxyUrl.write(proxy);
        if (stored.equals(state.profile().getProxy())) {
            return describe(state, set.replyTo());
        }
        return new Outcome.Journal(
                Event.newBuilder().setConfigured(state.profile().toBuilder().setProxy(stored)), after -> {
                    operation.leaveBy(after);
                    listed(after, set.replyTo());
                });
    }

    /// Answers when the directory has it too: an account that was answered for is found again after a restart.
    private void listed(AccountState state, ActorRef<Answer<AccountView>> replyTo) {
        AccountView view = operation.view(state);
        var _ = operation
                .list(state)
                .whenComplete((done, failure) -> replyTo.tell(
                        failure == null
                                ? Answer.of(view)
                                : Answer.refuse(Refusal.Code.JOURNAL_UNAVAILABLE, "the directory is away")));
    }

    private Outcome desired(AccountState state, boolean running, ActorRef<Answer<AccountView>> replyTo) {
        if (!state.created()) {
            return notFound(replyTo);
        }
        if (state.link() instanceof Link.Ended(var _, var last) && running && last != null) {
            // The keys were kept: a person says that what ended the link is over.
            return new Outcome.Journal(Event.newBuilder().setPaired(last.paired()), after -> {
                if (after.running()) {
                    operation.begin(after);
                    listed(after, replyTo);
                } else {
                    context.getSelf().tell(new AccountCommand.SetDesiredState(true, replyTo));
                }
            });
        }
        if (state.running() == running) {
            return describe(state, replyTo);
        }
        return new Outcome.Journal(Drafts.desired(state, running), after -> {
            operation.begin(after);
            listed(after, replyTo);
        });
    }

    private Outcome pair(AccountState state, AccountCommand.StartPairing start) {
        if (!state.created()) {
            return notFound(start.replyTo());
        }
        if (state.linked() != null) {
            return refuse(start.replyTo(), Refusal.Code.ACCOUNT_ALREADY_PAIRED, "log out first");
        }
        if (operation.desk().active()) {
            return refuse(start.replyTo(), Refusal.Code.PAIRING_IN_PROGRESS, "one pairing at a time");
        }
        return new Outcome.Journal(
                Event.newBuilder().setCredentialsDrawn(Drafts.credentials(services.random())),
                after -> start.replyTo().tell(Answer.of(operation.pair(after, start.phone()))));
    }

    private Outcome send(AccountState state, AccountCommand.Send send, int unapplied) {
        if (!state.created()) {
            return notFound(send.replyTo());
        }
        if (state.linked() == null) {
            return refuse(send.replyTo(), Refusal.Code.ACCOUNT_NOT_PAIRED, "pair the account first");
        }
        if (state.open().size() >= services.limits().openSendsMax()
                || unapplied >= services.limits().unappliedMax()) {
            return refuse(send.replyTo(), Refusal.Code.MAILBOX_FULL, "too much is waiting to be sent");
        }
        context.pipeToSelf(
                store.outboundByIdempotencyKey(send.idempotencyKey()),
                (row, failure) -> new AccountNotice.KeyLookedUp(send, row == null ? Optional.empty() : row, failure));
        return Outcome.LATER;
    }

    private Outcome fetch(AccountState state, AccountCommand.FetchMedia fetch) {
        if (!state.created()) {
            return notFound(fetch.replyTo());
        }
        if (state.linked() == null || !state.running()) {
            return refuse(fetch.replyTo(), Refusal.Code.ACCOUNT_NOT_PAIRED, "the account is not linked and running");
        }
        operation.fetch(fetch);
        return NOTHING;
    }

    Outcome keyLookedUp(AccountState state, AccountNotice.KeyLookedUp found) {
        AccountCommand.Send send = found.send();
        Link.Linked linked = state.linked();
        if (found.failure() != null || linked == null) {
            return refuse(send.replyTo(), Refusal.Code.JOURNAL_UNAVAILABLE, "the stores are away");
        }
        var before = sends.repeated(send, found.row());
        if (before.isPresent()) {
            send.replyTo().tell(before.get());
            return NOTHING;
        }
        Refusal tooLate = untimely(state, send.sendAt());
        if (tooLate != null) {
            return refuse(send.replyTo(), tooLate.code(), tooLate.detail());
        }
        Event.Builder accepted = sends.accepted(send, linked.jid());
        return new Outcome.Journal(accepted, after -> {
            var intent = accepted.getSendsAccepted().getIntents(0);
            send.replyTo().tell(Answer.of(new AccountCommand.Accepted(intent.getMessageId(), "ACCEPTED", false)));
            if (Scheduled.waits(intent)) {
                operation.await(intent);
            } else {
                operation.deliver(intent);
            }
        });
    }

    /// A time that has just passed is due at once: requests take their time, and are repeated.
    private @Nullable Refusal untimely(AccountState state, @Nullable Instant sendAt) {
        if (sendAt == null) {
            return null;
        }
        Instant now = services.clock().instant();
        AccountServices.Limits limits = services.limits();
        if (sendAt.isBefore(now.minus(SEND_AT_PAST_MAX)) || sendAt.isAfter(now.plus(limits.scheduleHorizon()))) {
            return Refusal.of(
                    Refusal.Code.INVALID_VALUE,
                    "sendAt: " + sendAt + " (expected: at most " + limits.scheduleHorizon()
                            + " ahead, and not more than " + SEND_AT_PAST_MAX + " ago)");
        }
        return Scheduled.count(state) < limits.scheduledMax()
                ? null
                : Refusal.of(Refusal.Code.TOO_MANY_SCHEDULED, limits.scheduledMax() + " sends wait for their time");
    }

    Outcome loggedOut(AccountState state, AccountCommand.Logout logout, @Nullable Throwable failure) {
        if (failure != null) {
            return refuse(
                    logout.replyTo(),
                    Refusal.Code.ACCOUNT_NOT_PAIRED,
                    "the server was not told: " + failure.getMessage());
        }
        Unlinked why = Unlinked.newBuilder()
                .setReason(Unlinked.Reason.LOGGED_OUT)
                .setDetail("by request")
                .build();
        return new Outcome.Journal(Drafts.unlinked(state, why, services.clock().instant()), after -> {
            operation.end();
            listed(after, logout.replyTo());
        });
    }

    /// The rows go when this actor and its children have ended: until then one of them might write.
    private Outcome delete(AccountState state, ActorRef<Answer<Done>> replyTo) {
        if (!state.created()) {
            return notFound(replyTo);
        }
        state.plugins().keySet().forEach(plugin -> services.stopPlugin().accept(id, plugin));
        return new Outcome.Journal(Event.newBuilder().setDeleted(Deleted.getDefaultInstance()), after -> {
            deleted = true;
            operation.delete();
            services.eraseAfterEnd().accept(id, replyTo);
        });
    }
}
