package dev.waggle.storage;

import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.storage.row.DeviceList;
import dev.waggle.storage.row.LidMapping;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.row.SenderKeyMark;
import dev.waggle.storage.row.TcToken;
import dev.waggle.storage.write.ProtocolWrite;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What the protocol needs to remember about others: who holds our sender keys, both names of a user, device lists,
/// groups, tokens, what was sent lately, and what came in and is not settled. Expired rows go by
/// [dev.waggle.storage.write.Purge].
public interface ProtocolStore extends StoreWriter {
    /// The devices that our sender key was (or is no longer) distributed to. A stale mark silently skips a
    /// distribution, so this is never answered from a stale copy.
    CompletionStage<List<SenderKeyMark>> senderKeyMarks(Jid group);

    CompletionStage<Optional<LidMapping>> loadLidMapping(Jid lid);

    /// The mapping of a phone number that was updated last.
    CompletionStage<Optional<LidMapping>> loadPnMapping(Jid pn);

    /// A page of all mappings by ascending LID text, beginning after `after`.
    CompletionStage<List<LidMapping>> lidMappings(@Nullable Jid after, int limit);

    CompletionStage<Optional<Bytes>> loadBaseKey(DeviceAddress address, MessageId id);

    /// Only those that exist, in no order.
    CompletionStage<List<DeviceList>> loadDeviceLists(Collection<Jid> users);

    CompletionStage<Optional<Bytes>> loadGroupMetadata(Jid group);

    CompletionStage<Optional<TcToken>> loadTcToken(Jid user);

    CompletionStage<List<Jid>> tcTokenUsers();

    /// Gives the payload and forgets it, in one step: of two takers one gets it.
    CompletionStage<Optional<Bytes>> takeSentMessage(Jid chat, MessageId id);

    CompletionStage<Optional<Bytes>> loadPendingInbound(MessageKey key);

    default CompletionStage<Optional<DeviceList>> loadDeviceList(Jid user) {
        return loadDeviceLists(List.of(user)).thenApply(lists -> lists.stream().findFirst());
    }

    default CompletionStage<Boolean> hasSameBaseKey(DeviceAddress address, MessageId id, Bytes baseKey) {
        return loadBaseKey(address, id)
                .thenApply(stored -> stored.filter(baseKey::equals).isPresent());
    }

    default CompletionStage<Void> putSenderKeyMarks(Jid group, List<SenderKeyMark> marks) {
        return write(marks.stream()
                .map(mark -> new ProtocolWrite.PutSenderKeyMark(group, mark))
                .toList());
    }

    default CompletionStage<Void> clearSenderKeyMarks(Jid group) {
        return write(new ProtocolWrite.ClearSenderKeyMarks(group));
    }

    /// The device is gone: its marks in all groups.
    default CompletionStage<Void> deleteSenderKeyMarksOf(Collection<Jid> devices) {
        return write(
                devices.stream().map(ProtocolWrite.DeleteSenderKeyMarksOf::new).toList());
    }

    default CompletionStage<Void> clearAllSenderKeyMarks() {
        return write(new ProtocolWrite.ClearAllSenderKeyMarks());
    }

    default CompletionStage<Void> putLidMappings(List<LidMapping> mappings) {
        return write(mappings.stream().map(ProtocolWrite.PutLidMapping::new).toList());
    }

    default CompletionStage<Void> putBaseKey(DeviceAddress address, MessageId id, Bytes baseKey, Instant at) {
        return write(new ProtocolWrite.PutBaseKey(address, id, baseKey, at));
    }

    default CompletionStage<Void> deleteBaseKey(DeviceAddress address, MessageId id) {
        return write(new ProtocolWrite.DeleteBaseKey(address, id));
    }

    default CompletionStage<Void> putDeviceLists(List<DeviceList> lists) {
        return write(lists.stream().map(ProtocolWrite.PutDeviceList::new).toList());
    }

    default CompletionStage<Void> deleteDeviceList(Jid user) {
        return write(new ProtocolWrite.DeleteDeviceList(user));
    }

    default CompletionStage<Void> putGroupMetadata(Jid group, Bytes metadata) {
        return write(new ProtocolWrite.PutGroupMetadata(group, metadata));
    }

    default CompletionStage<Void> deleteGroupMetadata(Jid group) {
        return write(new ProtocolWrite.DeleteGroupMetadata(group));
    }

    default CompletionStage<Void> putTcToken(TcToken token) {
        return write(new ProtocolWrite.PutTcToken(token));
    }

    default CompletionStage<Void> deleteTcToken(Jid user) {
        return write(new ProtocolWrite.DeleteTcToken(user));
    }

    default CompletionStage<Void> touchTcTokenSender(Jid user, Instant at) {
        return write(new ProtocolWrite.TouchTcTokenSender(user, at));
    }

    default CompletionStage<Void> receiveTcToken(Jid user, Bytes token, Instant at) {
        return write(new ProtocolWrite.ReceiveTcToken(user, token, at));
    }

    default CompletionStage<Void> putSentMessage(Jid chat, MessageId id, Bytes payload, Instant at) {
        return write(new ProtocolWrite.PutSentMessage(chat, id, payload, at));
    }

    default CompletionStage<Void> putPendingInbound(MessageKey key, Bytes payload, Instant at) {
        return write(new ProtocolWrite.PutPendingInbound(key, payload, at));
    }

    default CompletionStage<Void> deletePendingInbound(Collection<MessageKey> keys) {
        return write(keys.stream().map(ProtocolWrite.DeletePendingInbound::new).toList());
    }
}
