package dev.waggle.plugin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One event of an account's log. `sequence` has no gaps; an event that is read again has the same sequence.
/// New kinds come as [Other] to a bot that was compiled before them.
public sealed interface BotEvent {
    long sequence();

    /// When it was journaled.
    Instant at();

    /// A user or group under the names that are known: `jid` is the one to answer to.
    record Party(String jid, @Nullable String pn, @Nullable String lid) {}

    /// `type` is `text` when there is a text; other types carry what text they have (a caption), or an empty one.
    record MessageReceived(
            long sequence,
            Instant at,
            String id,
            Party chat,
            Party sender,
            boolean fromMe,
            Instant timestamp,
            String pushName,
            String type,
            String text)
            implements BotEvent {}

    /// A message of ours made progress: `state` is `SENT`, `DELIVERED`, `READ` or `FAILED` (then `problem` says
    /// why).
    record MessageProgressed(
            long sequence,
            Instant at,
            String id,
            Party chat,
            String state,
            @Nullable String problem) implements BotEvent {}

    /// A message arrived that could not be decrypted; it was asked for again and may still come.
    record MessageUndecryptable(long sequence, Instant at, String id, Party chat, Party sender) implements BotEvent {}

    record AccountStateChanged(long sequence, Instant at, String state, String reason) implements BotEvent {}

    record Other(long sequence, Instant at, String type) implements BotEvent {}
}
