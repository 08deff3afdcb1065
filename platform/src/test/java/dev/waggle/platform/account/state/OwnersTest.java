package dev.waggle.platform.account.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.proto.journal.Configured;
import dev.waggle.proto.journal.CredentialsDrawn;
import dev.waggle.proto.journal.DesiredStateSet;
import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.Observed;
import dev.waggle.proto.journal.Paired;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.storage.control.Incarnation;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What a new owner says of what the one before it saw.
class OwnersTest {
    private static AccountState after(Event.Builder... events) {
        AccountState state = AccountState.EMPTY;
        for (Event.Builder event : events) {
            state = state.apply(event.build());
        }
        return state;
    }

    private static Event.Builder running(boolean wanted) {
        return Event.newBuilder()
                .setDesiredStateSet(DesiredStateSet.newBuilder().setRunning(wanted));
    }

    private static Event.Builder observed(String state) {
        return Event.newBuilder().setObserved(Observed.newBuilder().setState(state));
    }

    private static final Event.Builder MADE =
            Event.newBuilder().setConfigured(Configured.newBuilder().setPushName("Bot"));
    private static final Event.Builder DRAWN = Event.newBuilder().setCredentialsDrawn(CredentialsDrawn.newBuilder());
    private static final Event.Builder PAIRED =
            Event.newBuilder().setPaired(Paired.newBuilder().setJid("1:2@s.whatsapp.net"));

    @Test
    void an_account_that_was_online_waits_until_it_is_seen_online_again_and_readers_are_told() {
        AccountState before = after(MADE, DRAWN, PAIRED, running(true), observed("ONLINE"));
        Event owned = Drafts.stamped(Drafts.owned(before, 0), before, Instant.EPOCH);
        PublicEvent told = owned.getPublished(0);
        assertThat(told.getAccountState().getState()).isEqualTo("WAITING");
        assertThat(told.getSequence()).isEqualTo(before.nextSequence());
        assertThat(told.getEpoch()).isEqualTo(before.epoch() + 1);
        AccountState next = before.apply(owned);
        assertThat(next.observed().getState()).isEqualTo("WAITING");
        assertThat(next.nextSequence()).isEqualTo(before.nextSequence() + 1);
    }

    @Test
    void out_of_a_backup_the_change_is_told_above_everything_that_may_have_been_told_since() {
        AccountState before = after(MADE, DRAWN, PAIRED, running(true), observed("ONLINE"));
        Event owned = Drafts.stamped(Drafts.owned(before, 500), before, Instant.EPOCH);
        assertThat(owned.getPublished(0).getSequence()).isEqualTo(Incarnation.firstSequence(500));
        assertThat(owned.getPublished(0).getEpoch()).isEqualTo(500);
        assertThat(before.apply(owned).nextSequence()).isEqualTo(Incarnation.firstSequence(500) + 1);
    }

    @Test
    void a_pairing_ends_with_the_node_that_showed_it() {
        AccountState before = after(MADE, DRAWN, observed("PAIRING"));
        Event.Builder owned = Drafts.owned(before, 0);
        assertThat(owned.getPublished(0).getAccountState().getState()).isEqualTo("UNPAIRED");
    }

    @Test
    void what_did_not_change_is_not_told() {
        assertThat(Drafts.owned(after(MADE, DRAWN, PAIRED, running(false), observed("STOPPED")), 0)
                        .getPublishedList())
                .isEmpty();
        assertThat(Drafts.owned(after(MADE, DRAWN, PAIRED, running(true), observed("WAITING")), 0)
                        .getPublishedList())
                .isEmpty();
        assertThat(Drafts.owned(after(MADE), 0).getPublishedList()).isEmpty();
    }
}
