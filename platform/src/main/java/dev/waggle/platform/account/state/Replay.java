package dev.waggle.platform.account.state;

import dev.waggle.proto.journal.Event;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Goes through a journal from the beginning, or from a snapshot on.
///
/// A journal that several nodes write may hold one event too many at each change of owners: a former owner that was
/// halted in the midst of writing wrote it when the next one had begun already. Both have the same number then, in
/// either order; that of the later owner counts, since whoever wrote the other one was told of its success too late
/// to do anything about it. An owner writes one event at a time, so there is never more than that one.
public final class Replay {
    private final Consumer<Tail> certain;
    private AccountState before = AccountState.EMPTY;
    private @Nullable Tail last;

    /// @param certain told of each event that counts, in order
    public Replay(Consumer<Tail> certain) {
        this.certain = certain;
    }

    public AccountState next(AccountState state, Event event) {
        long revision = event.getRevision();
        if (revision == 0 || revision > state.revision()) {
            settle();
            return follow(state, event);
        }
        Tail other = last;
        boolean later = other != null && other.event().getEpoch() < event.getEpoch();
        return later && revision == state.revision() ? follow(before, event) : state;
    }

    private AccountState follow(AccountState state, Event event) {
        AccountState next = state.apply(event);
        before = state;
        last = new Tail(next.revision(), event);
        return next;
    }

    /// Nothing more comes.
    public void settle() {
        Tail now = last;
        last = null;
        if (now != null) {
            certain.accept(now);
        }
    }
}
