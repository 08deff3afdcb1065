package dev.waggle.platform.account.outbox;

import dev.waggle.address.Jid;
import dev.waggle.platform.port.Contacts;
import dev.waggle.proto.journal.Intent;
import dev.waggle.stanza.Ack;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares whom a message was for with whom the server knows, and forgets what is old: whatever a cache, a store
/// or a lost notification left behind ends here, at the latest with the next send.
final class Audiences {
    /// A server that counts otherwise than we do must not make every send ask for everybody again.
    private static final Duration ONCE_IN = Duration.ofMinutes(1);

    private static final int CHATS_MAX = 1_024;
    private static final Logger log = LoggerFactory.getLogger(Audiences.class);

    private final Contacts contacts;
    private final Clock clock;
    private final Map<String, Fanout.Audience> sent = new HashMap<>();
    private final Map<String, Instant> forgotten = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > CHATS_MAX;
        }
    };

    Audiences(Contacts contacts, Clock clock) {
        this.contacts = contacts;
        this.clock = clock;
    }

    /// No more than there are sends without an answer.
    void addressed(Intent intent, Fanout.Audience audience) {
        sent.put(intent.getMessageId(), audience);
    }

    void answered(Intent intent, Ack ack) {
        Fanout.Audience audience = sent.remove(intent.getMessageId());
        String hash = ack.phash();
        boolean old = hash != null && audience != null && !hash.equals(audience.hash());
        if (audience == null || !(old || ack.refused())) {
            return;
        }
        Jid chat = Jid.parse(intent.getChat());
        if (old && mayForget(intent.getChat())) {
            log.info("the server knows other devices than a send was for: they are asked for again");
            heard(contacts.devicesChanged(audience.users()));
        }
        if (chat.isGroup()) {
            heard(contacts.groupChanged(chat));
        }
    }

    private boolean mayForget(String chat) {
        Instant now = clock.instant();
        Instant last = forgotten.get(chat);
        if (last != null && last.plus(ONCE_IN).isAfter(now)) {
            return false;
        }
        forgotten.remove(chat);
        forgotten.put(chat, now);
        return true;
    }

    private static void heard(java.util.concurrent.CompletionStage<?> done) {
        var _ = done.exceptionally(failure -> {
            log.warn("what is old could not be forgotten: {}", failure.toString());
            return null;
        });
    }
}
