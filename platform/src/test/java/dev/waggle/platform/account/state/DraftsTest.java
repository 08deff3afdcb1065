package dev.waggle.platform.account.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.platform.port.Recordable;
import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.journal.Progress;
import dev.waggle.proto.journal.ProgressBody;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.proto.journal.SendsAccepted;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// What a send's life looks like from outside, whatever comes first.
class DraftsTest {
    private final AccountState accepted = AccountState.EMPTY.apply(Event.newBuilder()
            .setSendsAccepted(SendsAccepted.newBuilder()
                    .addIntents(Intent.newBuilder().setMessageId("A"))
                    .addIntents(Intent.newBuilder().setMessageId("B")))
            .build());

    private static Recordable step(String id, String state) {
        return new Recordable(
                List.of(PublicEvent.newBuilder()
                        .setType("message." + state.toLowerCase(Locale.ROOT))
                        .setProgress(ProgressBody.newBuilder().setId(id).setState(state))
                        .build()),
                List.of(),
                List.of(Progress.newBuilder().setMessageId(id).setState(state).build()));
    }

    private static List<String> told(Event.Builder draft) {
        return draft.getPublishedList().stream()
                .map(event -> event.getProgress().getId() + " " + event.getType())
                .toList();
    }

    @Test
    void an_answer_is_told_and_then_what_follows() {
        Event.Builder draft = Drafts.received(accepted, List.of(step("A", "SENT"), step("A", "DELIVERED")));
        assertThat(told(draft)).containsExactly("A message.sent", "A message.delivered");
        assertThat(accepted.apply(draft.build()).open()).containsOnlyKeys("B");
    }

    @Test
    void a_receipt_before_the_answer_stands_for_both() {
        Event.Builder first = Drafts.received(accepted, List.of(step("A", "DELIVERED")));
        assertThat(told(first)).containsExactly("A message.sent", "A message.delivered");
        AccountState after = accepted.apply(first.build());
        Event.Builder late = Drafts.received(after, List.of(step("A", "SENT"), step("A", "READ"), step("B", "SENT")));
        assertThat(told(late)).containsExactly("A message.read", "B message.sent");
    }

    @Test
    void a_failure_is_told_once() {
        Event.Builder draft = Drafts.received(accepted, List.of(step("A", "FAILED"), step("A", "FAILED")));
        assertThat(told(draft)).containsExactly("A message.failed");
    }
}
