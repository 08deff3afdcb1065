package dev.waggle.storage;

import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.row.MsgSecret;
import dev.waggle.storage.write.LedgerWrite;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// The 32-byte secrets of messages, which edits, reactions, votes and answers to them are sealed with.
public interface MsgSecretStore extends StoreWriter {
    CompletionStage<Optional<MsgSecret>> loadMsgSecret(MessageKey key);

    /// A row that is there is merged: the new secret, the later expiry ("never" is the latest), the later message
    /// time.
    default CompletionStage<Void> putMsgSecrets(List<MsgSecret> secrets) {
        return write(secrets.stream().map(LedgerWrite.PutMsgSecret::new).toList());
    }
}
