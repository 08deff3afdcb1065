package dev.waggle.platform.account.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.proto.journal.Configured;
import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.journal.SendsAccepted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A journal in which a former owner wrote once more after the next one had begun.
class ReplayTest {
    private final List<Tail> told = new ArrayList<>();
    private final Replay replay = new Replay(told::add);

    private static Event stamped(Event.Builder draft, AccountState state) {
        return Drafts.stamped(draft, state, Instant.EPOCH);
    }

    private static Event.Builder owned(AccountState state) {
        return Drafts.owned(state, 0);
    }

    private static Event.Builder accepted(String id) {
        return Event.newBuilder()
                .setSendsAccepted(SendsAccepted.newBuilder()
                        .addIntents(Intent.newBuilder().setMessageId(id).setIdempotencyKey("key " + id)));
    }

    private static final AccountState MADE = AccountState.EMPTY.apply(
            stamped(Event.newBuilder().setConfigured(Configured.newBuilder().setPushName("Bee")), AccountState.EMPTY));
    private static final Event FIRST = stamped(owned(MADE), MADE);
    private static final AccountState OWNED = MADE.apply(FIRST);
    /// What the first owner writes when the second has begun.
    private static final Event LATE = stamped(accepted("late"), OWNED);

    private static final Event SECOND = stamped(owned(OWNED), OWNED);
    private static final AccountState TAKEN = OWNED.apply(SECOND);
    private static final Event THEN = stamped(accepted("then"), TAKEN);

    private AccountState replayed(AccountState from, Event... events) {
        AccountState state = from;
        for (Event event : events) {
            state = replay.next(state, event);
        }
        replay.settle();
        return state;
    }

    @Test
    void what_a_former_owner_wrote_late_does_not_count_wherever_it_lies() {
        AccountState wanted = TAKEN.apply(THEN);
        assertThat(replayed(OWNED, LATE, SECOND, THEN)).isEqualTo(wanted);
        assertThat(replayed(OWNED, SECOND, LATE, THEN)).isEqualTo(wanted);
        assertThat(replayed(MADE, FIRST, LATE, SECOND, THEN)).isEqualTo(wanted);
        assertThat(wanted.open()).containsOnlyKeys("then");
    }

    @Test
    void nobody_is_told_of_what_does_not_count() {
        replayed(OWNED, LATE, SECOND, THEN);
        assertThat(told).extracting(Tail::event).containsExactly(SECOND, THEN);
        assertThat(told).extracting(Tail::revision).containsExactly(3L, 4L);
    }

    @Test
    void what_it_wrote_in_time_counts() {
        AccountState before = OWNED.apply(LATE);
        Event owner = stamped(owned(before), before);
        assertThat(replayed(OWNED, LATE, owner)).isEqualTo(before.apply(owner));
        assertThat(told).hasSize(2);
    }

    @Test
    void a_late_word_behind_a_snapshot_does_not_count() {
        AccountState snapshot = TAKEN;
        assertThat(replayed(snapshot, LATE, THEN)).isEqualTo(TAKEN.apply(THEN));
        assertThat(told).extracting(Tail::event).containsExactly(THEN);
    }

    @Test
    void of_two_beginnings_that_know_nothing_of_each_other_one_counts_and_what_follows_does() {
        Event twin = SECOND.toBuilder().setAtMillis(99).build();
        assertThat(replayed(OWNED, twin, SECOND, THEN)).isEqualTo(TAKEN.apply(THEN));
        assertThat(told).hasSize(2);
    }

    @Test
    void events_from_before_there_were_numbers_all_count() {
        Event plain = accepted("plain").build();
        AccountState after = replayed(OWNED, plain, plain);
        assertThat(after.revision()).isEqualTo(OWNED.revision() + 2);
        assertThat(told).hasSize(2);
    }
}
