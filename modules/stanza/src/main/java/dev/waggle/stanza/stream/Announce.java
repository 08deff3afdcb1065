package dev.waggle.stanza.stream;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Small stanzas that a client sends of itself; none of them has an answer.
public final class Announce {
    private static final long SESSION_SHIFT_MS = Duration.ofDays(3).toMillis();
    private static final long SESSION_ROUND_MS = Duration.ofDays(7).toMillis();

    private Announce() {}

    /// Asks for the next `count` waiting stanzas; without it the server stops after a handful.
    public static Node offlineBatch(int count) {
        return Node.of("ib", Node.build("offline_batch").attr("count", count).done());
    }

    /// @param serverTime now, by the server's clock
    public static Node unifiedSession(Instant serverTime) {
        long id = Math.floorMod(serverTime.toEpochMilli() + SESSION_SHIFT_MS, SESSION_ROUND_MS);
        return Node.of("ib", Node.build("unified_session").attr("id", id).done());
    }

    /// Delivery receipts count as seen by an active client from now on. Needs a name: others see it.
    public static Node available(String pushName) {
        return Node.build("presence")
                .attr("type", "available")
                .attr("name", pushName)
                .done();
    }

    public static Node unavailable(String pushName) {
        return Node.build("presence")
                .attr("type", "unavailable")
                .attr("name", pushName)
                .done();
    }

    /// @param privacyToken the contact's trusted-contact token, when we hold one
    public static Node subscribe(Jid contact, @Nullable Bytes privacyToken) {
        Node.Builder presence = Node.build("presence").attr("type", "subscribe").attr("to", contact);
        return privacyToken == null
                ? presence.done()
                : presence.content(Node.of("tctoken", privacyToken)).done();
    }

    /// @param self our own address in the chat's addressing
    public static Node typing(Jid self, Jid chat) {
        return chatState(self, chat, Node.of("composing"));
    }

    public static Node recording(Jid self, Jid chat) {
        return chatState(
                self, chat, Node.build("composing").attr("media", "audio").done());
    }

    public static Node paused(Jid self, Jid chat) {
        return chatState(self, chat, Node.of("paused"));
    }

    private static Node chatState(Jid self, Jid chat, Node state) {
        return Node.build("chatstate")
                .attr("from", self)
                .attr("to", chat)
                .content(state)
                .done();
    }

    /// The answer to a server's ping.
    public static Node pong(@Nullable String id) {
        return Node.build("iq")
                .attr("to", Jid.SERVER)
                .attr("type", "result")
                .attr("id", id)
                .done();
    }
}
