package dev.waggle.stanza.message;

import dev.waggle.address.Jid;
import dev.waggle.address.JidServer;
import org.jspecify.annotations.Nullable;

/// Where a message belongs, as seen by one account.
///
/// @param chat without device: a user, a group, a broadcast list, the status list or a newsletter
/// @param sender with its device
/// @param senderOther the sender's other name, without device, when the stanza tells it
/// @param chatOther the chat partner's other name on direct chats, when the stanza tells it
/// @param fromMe written by another device of this account
public record Origin(
        Kind kind,
        Jid chat,
        Jid sender,
        @Nullable Jid senderOther,
        @Nullable Jid chatOther,
        boolean fromMe) {
    public enum Kind {
        DIRECT,
        /// From another device of this account to this device, about the account itself.
        PEER,
        GROUP,
        BROADCAST,
        STATUS,
        NEWSLETTER
    }

    /// The account's own two names.
    public record Self(@Nullable Jid pn, @Nullable Jid lid) {
        public boolean is(Jid other) {
            Jid bare = other.isHosted() ? unhosted(other) : other;
            return pn != null && pn.sameUser(bare) || lid != null && lid.sameUser(bare);
        }
    }

    /// A hosted device under the domain that its user is known by.
    public static Jid unhosted(Jid jid) {
        return switch (jid.server()) {
            case JidServer.HOSTED -> new Jid(jid.user(), JidServer.PN, 0, jid.device());
            case JidServer.HOSTED_LID -> new Jid(jid.user(), JidServer.LID, 0, jid.device());
            default -> jid;
        };
    }
}
