package dev.waggle.platform.account.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.platform.journal.Sealing;
import dev.waggle.proto.journal.Configured;
import dev.waggle.proto.journal.CredentialsDrawn;
import dev.waggle.proto.journal.DesiredStateSet;
import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.journal.Observed;
import dev.waggle.proto.journal.OwnerChanged;
import dev.waggle.proto.journal.Paired;
import dev.waggle.proto.journal.PluginBound;
import dev.waggle.proto.journal.PluginStepped;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.proto.journal.SendsAccepted;
import dev.waggle.proto.journal.Unlinked;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotFormTest {
    /// A life in events: after each of them the state must come back whole.
    private static final List<Event.Builder> LIFE = List.of(
            Event.newBuilder()
                    .setConfigured(Configured.newBuilder().setPushName("Bot").putMetadata("team", "red")),
            Event.newBuilder().setOwnerChanged(OwnerChanged.newBuilder().setEpoch(3)),
            Event.newBuilder().setCredentialsDrawn(CredentialsDrawn.newBuilder().setRegistrationId(7)),
            Event.newBuilder().setPaired(Paired.newBuilder().setJid("1:2@s.whatsapp.net")),
            Event.newBuilder()
                    .setObserved(Observed.newBuilder().setState("ONLINE"))
                    .addPublished(PublicEvent.newBuilder().setSequence(1).setType("account.state")),
            Event.newBuilder()
                    .setPluginBound(PluginBound.newBuilder().setPlugin("echo").setCursor(1)),
            Event.newBuilder()
                    .setSendsAccepted(SendsAccepted.newBuilder()
                            .addIntents(Intent.newBuilder().setMessageId("A").setText("a"))
                            .addIntents(Intent.newBuilder().setMessageId("B").setText("b"))),
            Event.newBuilder()
                    .setPluginStepped(PluginStepped.newBuilder()
                            .setPlugin("echo")
                            .setCursor(2)
                            .addIntents(Intent.newBuilder().setMessageId("C"))),
            Event.newBuilder().setDesiredStateSet(DesiredStateSet.newBuilder().setRunning(false)),
            Event.newBuilder().setUnlinked(Unlinked.newBuilder().setReason(Unlinked.Reason.REPLACED)),
            Event.newBuilder().setPaired(Paired.newBuilder().setJid("1:2@s.whatsapp.net")),
            Event.newBuilder().setUnlinked(Unlinked.newBuilder().setReason(Unlinked.Reason.LOGGED_OUT)));

    @Test
    void a_state_comes_back_whole_at_every_point_of_a_life() {
        AccountState state = AccountState.EMPTY;
        for (Event.Builder event : LIFE) {
            state = state.apply(event.build());
            List<Tail> recovered = new ArrayList<>();
            SnapshotForm form = new SnapshotForm(Sealing.PLAIN, List::of, recovered::add);
            AccountState back = form.fromJournal(form.toJournal(state));
            assertThat(back).as("after %s", event.getKindCase()).isEqualTo(state);
            assertThat(List.copyOf(back.open().keySet()))
                    .isEqualTo(List.copyOf(state.open().keySet()));
            assertThat(recovered).isEmpty();
        }
    }

    @Test
    void what_the_stores_have_not_followed_comes_along_in_order() {
        List<Tail> unapplied = List.of(
                new Tail(5, LIFE.get(4).build()), new Tail(6, LIFE.get(5).build()));
        List<Tail> recovered = new ArrayList<>();
        SnapshotForm form = new SnapshotForm(Sealing.PLAIN, () -> unapplied, recovered::add);
        var _ = form.fromJournal(form.toJournal(AccountState.EMPTY));
        assertThat(recovered).isEqualTo(unapplied);
    }
}
