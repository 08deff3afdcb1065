package dev.waggle.platform.chaos;

import java.util.ArrayList;
import java.util.List;

/// Judges a history that has come to rest: nothing is under way any more. Pure.
///
/// | rule | broken when |
/// |---|---|
/// | `send-unanswered` | a send was never accepted |
/// | `double-accept` | one key got two message ids, or two keys the same |
/// | `send-lost` | an accepted send did not reach its contact |
/// | `send-twice` | a contact shows a text twice |
/// | `send-invented` | a contact shows what nobody sent |
/// | `send-reordered` | a contact saw a chat in another order than it was accepted |
/// | `sent-missing`, `sent-twice`, `delivered-missing`, `delivered-twice`, `send-failed` | what `/events` tells of
/// a send |
/// | `message-lost`, `message-twice`, `message-invented`, `message-reordered` | the same for what contacts said, in
/// `/events` |
/// | `message-undecryptable` | a message could not be opened, so a ratchet was lost |
/// | `sequence-gap` | events are not numbered 1, 2, 3… |
/// | `epoch-back` | an event of an earlier owner stands behind one of a later |
/// | `event-changed` | what a follower got is not what the log says |
/// | `key-reused` | a message key was used for two texts |
/// | `superseded-stanza` | an older connection of a device was still listened to |
/// | `protocol` | a client broke a rule of the protocol |
/// | `too-many-copies` | a send was written again without a kill or a question as the reason |
/// | `dead-letter` | a message inside the node reached nobody |
/// | `unobserved` | the server's report is incomplete |
public final class Checker {
    private Checker() {}

    /// Everything that is wrong; empty when every promise was kept.
    public static List<Violation> check(History history) {
        List<Violation> found = new ArrayList<>();
        found.addAll(SendRules.check(history));
        found.addAll(MessageRules.check(history));
        found.addAll(EventRules.check(history));
        found.addAll(ServerRules.check(history));
        return found;
    }
}
