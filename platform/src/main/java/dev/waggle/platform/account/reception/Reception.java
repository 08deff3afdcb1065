package dev.waggle.platform.account.reception;

import dev.waggle.platform.port.tenure.Tenure;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/// Stands before an actor that begins anew when it fails, and sees to it that whoever asked it something is
/// answered: what the failure of one life leaves open, in whatever queue, is refused when that life ends.
///
/// While the journal is [#away], from a failure until the next life begins, what arrives is refused at once.
/// After other failures it waits for the next life. A life that comes to hear something when its [Tenure] is over
/// ends as by a journal that is away, whatever it was.
///
/// Nothing here is thread-safe: it all runs in the actor's turn.
///
/// @param <M> everything that the actor understands; anything else, such as late answers of a journal to a former
///     life, reaches only a life that is [#begun]
/// @param <C> those of its messages that somebody waits for an answer to
public final class Reception<M, C extends M> {
    /// How a command is refused.
    public interface Refusing<C> {
        /// @param why null when it is no failure of the journal
        void refuse(C command, @Nullable Throwable why);

        /// Whether the actor is to end with this command; refused, it ends at once.
        boolean last(C command);
    }

    private final Class<M> messages;
    private final Class<C> commands;
    private final Refusing<C> refusing;
    private final Tenure tenure;
    private final Set<C> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private @Nullable Throwable away;
    private boolean begun;
    private boolean ending;

    public Reception(Class<M> messages, Class<C> commands, Refusing<C> refusing, Tenure tenure) {
        this.messages = messages;
        this.commands = commands;
        this.refusing = refusing;
        this.tenure = tenure;
    }

    /// The actor with this door before it.
    ///
    /// @param life a behaviour that begins anew with each start
    public Behavior<M> before(Behavior<M> life, SupervisorStrategy again) {
        Behavior<M> next = Behaviors.setup(_ -> {
            away = null;
            return ending
                    ? Behaviors.stopped()
                    : Behaviors.<Object, M>intercept(End::new, life).narrow();
        });
        return Behaviors.<Object, M>intercept(
                        Door::new, Behaviors.supervise(next).onFailure(Exception.class, again))
                .narrow();
    }

    /// This life can understand what is not one of its messages.
    public void begun() {
        begun = true;
    }

    /// The answer was given, or is somebody else's to give.
    public void answered(C command) {
        open.remove(command);
    }

    /// Whether this command still waits for an answer: false for one of a former life, which was refused with it.
    public boolean waits(C command) {
        return open.contains(command);
    }

    /// The journal failed. Refuses everybody; to be thrown, so that this life ends.
    public IllegalStateException away(Throwable why) {
        away = why;
        refuseAll();
        return new IllegalStateException("the journal is away: " + why.getMessage(), why);
    }

    private void refuseAll() {
        for (C command : List.copyOf(open)) {
            refusing.refuse(command, away);
            ending |= refusing.last(command);
        }
        open.clear();
    }

    private final class Door extends BehaviorInterceptor<Object, M> {
        Door() {
            super(Object.class);
        }

        @Override
        public Behavior<M> aroundReceive(TypedActorContext<Object> context, Object message, ReceiveTarget<M> target) {
            if (!messages.isInstance(message)) {
                return begun ? target.apply(context, foreign(message)) : Behaviors.same();
            }
            if (commands.isInstance(message)) {
                C command = commands.cast(message);
                Throwable why = away;
                if (why != null) {
                    refusing.refuse(command, why);
                    return refusing.last(command) ? Behaviors.stopped() : Behaviors.same();
                }
                open.add(command);
            }
            return target.apply(context, messages.cast(message));
        }

        /// What a journal says to an actor is none of the actor's messages, and yet meant for it.
        @SuppressWarnings("unchecked")
        private M foreign(Object message) {
            return (M) message;
        }
    }

    /// Also before everything that comes while the actor has no right to act any more: a command, a word of its
    /// parts, and that something was journaled. Whatever would have followed is left to the next owner.
    private final class End extends BehaviorInterceptor<Object, M> {
        End() {
            super(Object.class);
        }

        @Override
        @SuppressWarnings("unchecked")
        public Behavior<M> aroundReceive(TypedActorContext<Object> context, Object message, ReceiveTarget<M> target) {
            if (!tenure.held()) {
                throw away(new TenureException());
            }
            return target.apply(context, (M) message);
        }

        @Override
        public Behavior<M> aroundSignal(TypedActorContext<Object> context, Signal signal, SignalTarget<M> target) {
            if (signal instanceof PreRestart || signal instanceof PostStop) {
                begun = false;
                refuseAll();
            }
            return target.apply(context, signal);
        }
    }
}
