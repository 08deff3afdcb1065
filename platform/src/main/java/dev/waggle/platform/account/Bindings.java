package dev.waggle.platform.account;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.platform.account.Operation.Outcome;
import dev.waggle.platform.account.state.AccountState;
import dev.waggle.platform.account.state.AccountState.Link.Linked;
import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.journal.PluginBound;
import dev.waggle.proto.journal.PluginSnapshot;
import dev.waggle.proto.journal.PluginUnbound;
import org.apache.pekko.actor.typed.ActorRef;

/// The account's bots: bound, stepped, unbound. A step is one event, taken only from where the journal's cursor
/// stands.
final class Bindings {
    private static final Outcome NOTHING = Outcome.NOTHING;

    private final AccountId id;
    private final AccountServices services;
    private final Sends sends;
    private final Operation operation;

    Bindings(AccountId id, AccountServices services, Sends sends, Operation operation) {
        this.id = id;
        this.services = services;
        this.sends = sends;
        this.operation = operation;
    }

    private static <T> Outcome refuse(ActorRef<Answer<T>> replyTo, Refusal.Code code, String detail) {
        replyTo.tell(Answer.refuse(code, detail));
        return NOTHING;
    }

    Outcome bind(AccountState state, AccountCommand.BindPlugin bind) {
        if (!state.created()) {
            return refuse(bind.replyTo(), Refusal.Code.ACCOUNT_NOT_FOUND, "there is no account " + id);
        }
        PluginBound bound = PluginBound.newBuilder()
                .setPlugin(bind.plugin())
                .putAllConfig(bind.config())
                .setCursor(state.nextSequence() - 1)
                .build();
        return new Outcome.Journal(Event.newBuilder().setPluginBound(bound), after -> {
            services.runPlugin().accept(id, bind.plugin());
            bind.replyTo().tell(Answer.of(operation.view(after)));
        });
    }

    Outcome unbind(AccountState state, AccountCommand.UnbindPlugin unbind) {
        if (!state.plugins().containsKey(unbind.plugin())) {
            return refuse(unbind.replyTo(), Refusal.Code.PLUGIN_NOT_FOUND, "not bound: " + unbind.plugin());
        }
        PluginUnbound unbound =
                PluginUnbound.newBuilder().setPlugin(unbind.plugin()).build();
        return new Outcome.Journal(Event.newBuilder().setPluginUnbound(unbound), after -> {
            services.stopPlugin().accept(id, unbind.plugin());
            unbind.replyTo().tell(Answer.of(operation.view(after)));
        });
    }

    /// @param unapplied events that the stores have not followed yet
    Outcome step(AccountState state, AccountCommand.StepPlugin step, int unapplied) {
        PluginSnapshot bound = state.plugins().get(step.plugin());
        Linked linked = state.linked();
        if (bound == null) {
            return refuse(step.replyTo(), Refusal.Code.PLUGIN_NOT_FOUND, "not bound: " + step.plugin());
        }
        if (bound.getCursor() != step.from()) {
            return refuse(step.replyTo(), Refusal.Code.STALE_STEP, "the cursor stands at " + bound.getCursor());
        }
        if (!step.sends().isEmpty() && linked == null) {
            return refuse(step.replyTo(), Refusal.Code.ACCOUNT_NOT_PAIRED, "pair the account first");
        }
        if (state.open().size() + step.sends().size() > services.limits().openSendsMax()
                || unapplied >= services.limits().unappliedMax()) {
            return refuse(step.replyTo(), Refusal.Code.MAILBOX_FULL, "too much is waiting");
        }
        Event.Builder stepped = sends.stepped(step, linked == null ? Jid.SERVER : linked.jid());
        return new Outcome.Journal(stepped, after -> {
            var intents = stepped.getPluginStepped().getIntentsList();
            step.replyTo()
                    .tell(Answer.of(new AccountCommand.PluginStepDone(
                            step.to(),
                            intents.stream().map(Intent::getMessageId).toList())));
            intents.forEach(operation::deliver);
        });
    }

    Outcome describe(AccountState state, AccountCommand.DescribePlugin describe) {
        PluginSnapshot bound = state.plugins().get(describe.plugin());
        if (bound == null) {
            return refuse(describe.replyTo(), Refusal.Code.PLUGIN_NOT_FOUND, "not bound: " + describe.plugin());
        }
        describe.replyTo()
                .tell(Answer.of(new AccountCommand.PluginView(
                        describe.plugin(),
                        bound.getConfigMap(),
                        bound.getCursor(),
                        Bytes.wrap(bound.getState().toByteArray()))));
        return NOTHING;
    }
}
