package dev.waggle.platform.account.reception;

import dev.waggle.platform.port.tenure.Tenure;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
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
/// While the journal is [#away], from a failure until a later life says that it is [#back], what arrives is refused
/// at once: a journal that does not answer would keep everybody waiting in each of the lives that try. After other
/// failures it waits for the next life. A life that comes to hear something when its [Tenure] is over ends as by a
/// journal that is away, whatever it was; and none begins again before the tenure is held: it would read the
/// journal for nothing, at the very time when the store is too busy to renew the lease.
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

    /// What a life leaves behind for the time until another one can write.
    public interface Absence<C> {
        /// The journal failed and did not before.
        void begins(Throwable why);

        /// Answers what can be answered without a journal.
        ///
        /// @return false when this cannot
        boolean answers(C command, Throwable why);
    }

    private final Class<M> messages;
    private final Class<C> commands;
    private final Refusing<C> refusing;
    private final Tenure tenure;
    private final Consumer<Absence<C>> absences;
    private final Set<C> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private @Nullable Throwable away;
    private @Nullable Throwable unread;
    private @Nullable Absence<C> absence;
    private boolean begun;
    private boolean ending;
    /// The first life begins in any case: who starts an actor has just got the right to.
    private boolean lived;

    /// @param absences given what each life leaves, for those who are asked when the actor is gone
    public Reception(
            Class<M> messages, Class<C> commands, Refusing<C> refusing, Tenure tenure, Consumer<Absence<C>> absences) {
        this.messages = messages;
        this.commands = commands;
        this.refusing = refusing;
        this.tenure = tenure;
        this.absences = absences;
    }

    /// The actor with this door before it.
    ///
    /// @param life a behaviour that begins anew with each start
    public Behavior<M> before(Behavior<M> life, SupervisorStrategy again) {
        Behavior<M> next = Behaviors.setup(_ -> {
            if (ending) {
                return Behaviors.stopped();
            }
            if (lived && !tenure.held()) {
                throw away(new TenureException());
            }
            lived = true;
            return Behaviors.<Object, M>intercept(End::new, life).narrow();
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

    /// The journal took something in this life: whoever asks now is heard.
    ///
    /// @param later when it fails the next time
    public void back(Absence<C> later) {
        away = null;
        absence = later;
        absences.accept(later);
    }

    /// The journal could not be read in this life. An actor that lives by its journal would end for good of that;
    /// it begins anew instead, like after a write that failed.
    public void unread(Throwable why) {
        unread = why;
    }

    /// The journal failed. Refuses everybody; to be thrown, so that this life ends.
    public IllegalStateException away(Throwable why) {
        if (why instanceof TenureException) {
            // What it looks like, and who answers for it, is for the next owner to say.
            absence = null;
        }
        Absence<C> begins = away == null ? absence : null;
        away = why;
        if (begins != null) {
            begins.begins(why);
        }
        refuseAll();
        return new IllegalStateException("the journal is away: " + why.getMessage(), why);
    }

    private void refuseAll() {
        for (C command : List.copyOf(open)) {
            refuse(command);
            ending |= refusing.last(command);
        }
        open.clear();
    }

    private void refuse(C command) {
        Throwable why = away;
        Absence<C> now = absence;
        if (why == null || now == null || !now.answers(command, why)) {
            refusing.refuse(command, why);
        }
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
                if (away != null) {
                    refuse(command);
                    return refusing.last(command) ? Behaviors.stopped() : Behaviors.same();
                }
                open.add(command);
            }
            return target.apply(context, messages.cast(message));
        }
    }

    /// What a journal says to an actor is none of the actor's messages, and yet meant for it.
    @SuppressWarnings("unchecked")
    private M foreign(Object message) {
        return (M) message;
    }

    /// Also around what a journal says: by that a life may end. Also before everything that comes while the actor
    /// has no right to act any more: a command, a word of its parts, and that something was journaled. Whatever
    /// would have followed is left to the next owner.
    private final class End extends BehaviorInterceptor<Object, M> {
        End() {
            super(Object.class);
        }

        @Override
        public Behavior<M> aroundReceive(TypedActorContext<Object> context, Object message, ReceiveTarget<M> target) {
            if (!tenure.held()) {
                throw away(new TenureException());
            }
            Behavior<M> next = target.apply(context, foreign(message));
            Throwable why = unread;
            if (why != null && !Behavior.isAlive(next)) {
                unread = null;
                throw away(why);
            }
            return next;
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
