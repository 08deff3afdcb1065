package dev.waggle.storage;

import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.storage.row.PreKeyRow;
import dev.waggle.storage.row.SenderKeyName;
import dev.waggle.storage.row.SessionRow;
import dev.waggle.storage.row.SignedPreKeyRow;
import dev.waggle.storage.write.SignalWrite;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Identities (32 bytes), sessions, pre-keys, signed pre-keys and sender keys. Records are opaque.
public interface SignalStore extends StoreWriter {
    CompletionStage<Optional<Bytes>> loadSession(DeviceAddress address);

    /// Only those that exist, in no order.
    CompletionStage<List<SessionRow>> loadSessions(Collection<DeviceAddress> addresses);

    CompletionStage<Optional<Bytes>> loadIdentity(DeviceAddress address);

    /// True when any device of the user (`name` of a [DeviceAddress]) has a session or an identity. A wrong false
    /// would lose a migration for good, so this is never answered from a stale copy.
    CompletionStage<Boolean> hasSignalStateForUser(String name);

    CompletionStage<Optional<PreKeyRow>> loadPreKey(int id);

    /// Only those that exist, by ascending id.
    CompletionStage<List<PreKeyRow>> loadPreKeys(Collection<Integer> ids);

    /// 0 when there is none.
    CompletionStage<Integer> maxPreKeyId();

    CompletionStage<Optional<Bytes>> loadSignedPreKey(int id);

    /// By ascending id.
    CompletionStage<List<SignedPreKeyRow>> loadSignedPreKeys();

    CompletionStage<Optional<Bytes>> loadSenderKey(SenderKeyName name);

    default CompletionStage<Boolean> hasSession(DeviceAddress address) {
        return loadSession(address).thenApply(Optional::isPresent);
    }

    default CompletionStage<Void> putSession(DeviceAddress address, Bytes record) {
        return write(new SignalWrite.PutSession(address, record));
    }

    default CompletionStage<Void> putSessions(List<SignalWrite.PutSession> sessions) {
        return write(sessions);
    }

    default CompletionStage<Void> deleteSession(DeviceAddress address) {
        return write(new SignalWrite.DeleteSession(address));
    }

    default CompletionStage<Void> putIdentity(DeviceAddress address, Bytes key) {
        return write(new SignalWrite.PutIdentity(address, key));
    }

    default CompletionStage<Void> putIdentities(List<SignalWrite.PutIdentity> identities) {
        return write(identities);
    }

    default CompletionStage<Void> deleteIdentity(DeviceAddress address) {
        return write(new SignalWrite.DeleteIdentity(address));
    }

    default CompletionStage<Void> putPreKeys(List<PreKeyRow> preKeys) {
        return write(preKeys.stream().map(SignalWrite.PutPreKey::new).toList());
    }

    /// Marks those that still exist; one consumed meanwhile does not come back.
    default CompletionStage<Void> markPreKeysUploaded(Collection<Integer> ids) {
        return write(ids.stream().map(SignalWrite.MarkPreKeyUploaded::new).toList());
    }

    default CompletionStage<Void> removePreKey(int id) {
        return write(new SignalWrite.RemovePreKey(id));
    }

    default CompletionStage<Void> putSignedPreKey(int id, Bytes record) {
        return write(new SignalWrite.PutSignedPreKey(id, record));
    }

    default CompletionStage<Void> removeSignedPreKey(int id) {
        return write(new SignalWrite.RemoveSignedPreKey(id));
    }

    default CompletionStage<Void> putSenderKey(SenderKeyName name, Bytes record) {
        return write(new SignalWrite.PutSenderKey(name, record));
    }

    default CompletionStage<Void> putSenderKeys(List<SignalWrite.PutSenderKey> senderKeys) {
        return write(senderKeys);
    }

    default CompletionStage<Void> deleteSenderKey(SenderKeyName name) {
        return write(new SignalWrite.DeleteSenderKey(name));
    }
}
