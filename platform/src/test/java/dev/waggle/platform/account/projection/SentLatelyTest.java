package dev.waggle.platform.account.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.journal.SendsAccepted;
import dev.waggle.storage.row.OutboundRow;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SentLatelyTest {
    private static final String ID = "3EB0AA";
    private static final Intent INTENT = Intent.newBuilder()
            .setMessageId(ID)
            .setChat("15551230001@s.whatsapp.net")
            .setAcceptedAtMillis(1)
            .build();
    private static final Event EVENT = Event.newBuilder()
            .setSendsAccepted(SendsAccepted.newBuilder().addIntents(INTENT))
            .build();

    private final CompletableFuture<Optional<OutboundRow>> read = new CompletableFuture<>();
    private final SentLately lately = new SentLately(_ -> read);

    @Test
    void a_send_is_known_before_the_stores_have_it_and_forgotten_when_they_have() {
        lately.accepted(INTENT);
        read.complete(Optional.empty());
        assertThat(lately.sent(ID).toCompletableFuture().join()).isPresent();
        lately.followed(EVENT);
        assertThat(lately.sent(ID).toCompletableFuture().join()).isEmpty();
    }

    /// The read began before the stores had it, and ends after it was forgotten.
    @Test
    void a_read_that_is_overtaken_by_the_stores_still_finds_it() {
        lately.accepted(INTENT);
        var found = lately.sent(ID).toCompletableFuture();
        lately.followed(EVENT);
        read.complete(Optional.empty());
        assertThat(found.join()).isPresent();
    }
}
