package dev.waggle.platform.account.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.proto.journal.Intent;
import dev.waggle.storage.row.OutboundState;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SentLatelyTest {
    private static final Jid CHAT = Jid.pn("5511999999999");

    @Test
    void a_send_is_known_before_the_stores_have_followed() throws Exception {
        SentLately sent = new SentLately(id -> CompletableFuture.completedStage(Optional.empty()));
        assertThat(sent.sent("A").toCompletableFuture().get()).isEmpty();
        sent.accepted(
                Intent.newBuilder().setMessageId("A").setChat(CHAT.toString()).build());
        assertThat(sent.sent("A").toCompletableFuture().get()).hasValueSatisfying(row -> {
            assertThat(row.id()).isEqualTo(new MessageId("A"));
            assertThat(row.chat()).isEqualTo(CHAT);
            assertThat(row.state()).isEqualTo(OutboundState.ACCEPTED);
        });
        assertThat(sent.sent("B").toCompletableFuture().get()).isEmpty();
    }
}
