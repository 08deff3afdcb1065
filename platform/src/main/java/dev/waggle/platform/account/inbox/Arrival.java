package dev.waggle.platform.account.inbox;

import com.google.protobuf.ByteString;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.platform.port.Contacts.Identity;
import dev.waggle.platform.port.MediaRecords;
import dev.waggle.platform.port.Received;
import dev.waggle.proto.journal.LidMappingDelta;
import dev.waggle.proto.journal.MessageBody;
import dev.waggle.proto.journal.Party;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.proto.journal.SecretDelta;
import dev.waggle.proto.journal.SeenDelta;
import dev.waggle.proto.journal.SenderKeyDelta;
import dev.waggle.proto.journal.StoreDelta;
import dev.waggle.proto.journal.UndecryptableBody;
import dev.waggle.stanza.Message;
import dev.waggle.stanza.media.LinkPreview;
import dev.waggle.stanza.media.MediaContent;
import dev.waggle.stanza.media.Thumbnail;
import dev.waggle.stanza.message.MessageContent;
import dev.waggle.stanza.message.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One message stanza with everybody in it under both names, and what it puts into the journal.
///
/// @param told who has both names in the stanza, where the store does not know them yet
/// @param chatKey the chat under its preferred name, bare: with `senderKey` and the id it names the message
record Arrival(
        Received received,
        Message message,
        Origin origin,
        Identity sender,
        Identity chat,
        List<Identity> told,
        Jid chatKey,
        Jid senderKey) {

    String id() {
        return message.id().value();
    }

    /// For memory: ids are unique per chat and sender only.
    String key() {
        return chatKey + " " + senderKey + " " + id();
    }

    private Party chatParty() {
        return origin.chat().isGroup() || !origin.chat().isUser() ? Parties.group(origin.chat()) : Parties.of(chat);
    }

    /// Where the message's file and thumbnail are; empty for a message with neither.
    Optional<StoreDelta> file(dev.waggle.proto.message.Message content) {
        return MediaRecords.file(content, origin.fromMe())
                .map(file -> MediaRecords.delta(
                        chatKey, senderKey, id(), message.at().toEpochMilli(), file));
    }

    PublicEvent received(dev.waggle.proto.message.Message content, byte[] raw) {
        MessageBody.Builder body = MessageBody.newBuilder();
        MediaContent.of(content).map(MediaRecords::body).ifPresent(body::setMedia);
        Thumbnail.of(content).map(MediaRecords::body).ifPresent(body::setThumbnail);
        LinkPreview.of(content).map(MediaRecords::body).ifPresent(body::setLink);
        return PublicEvent.newBuilder()
                .setType("message.received")
                .setMessage(body.setId(id())
                        .setChat(chatParty())
                        .setSender(Parties.of(sender))
                        .setFromMe(origin.fromMe())
                        .setTimestampMillis(message.at().toEpochMilli())
                        .setPushName(message.pushName() == null ? "" : message.pushName())
                        .setType(MessageContent.type(content))
                        .setText(MessageContent.textOf(content))
                        .setContent(ByteString.copyFrom(raw)))
                .build();
    }

    PublicEvent undecryptable(int reason) {
        return PublicEvent.newBuilder()
                .setType("message.undecryptable")
                .setUndecryptable(UndecryptableBody.newBuilder()
                        .setId(id())
                        .setChat(chatParty())
                        .setSender(Parties.of(sender))
                        .setReason(reason)
                        .setTimestampMillis(message.at().toEpochMilli()))
                .build();
    }

    StoreDelta seen() {
        return StoreDelta.newBuilder()
                .setSeen(SeenDelta.newBuilder()
                        .setChat(chatKey.toString())
                        .setSender(senderKey.toString())
                        .setId(id()))
                .build();
    }

    static StoreDelta senderKey(Jid group, Jid sender, Bytes stored) {
        return StoreDelta.newBuilder()
                .setSenderKey(SenderKeyDelta.newBuilder()
                        .setGroup(group.toString())
                        .setSender(sender.toString())
                        .setRecord(ByteString.copyFrom(stored.unsafeArray())))
                .build();
    }

    StoreDelta secret(ByteString secret) {
        return StoreDelta.newBuilder()
                .setSecret(SecretDelta.newBuilder()
                        .setChat(chatKey.toString())
                        .setSender(senderKey.toString())
                        .setId(id())
                        .setSecret(secret)
                        .setMessageAtMillis(message.at().toEpochMilli()))
                .build();
    }

    /// The mappings that are new: durable with the message that brought them.
    List<StoreDelta> mappings() {
        List<StoreDelta> deltas = new ArrayList<>();
        for (Identity identity : told) {
            Jid lid = identity.lid();
            Jid pn = identity.pn();
            if (lid != null && pn != null && lid.isLid() && pn.isPn()) {
                deltas.add(StoreDelta.newBuilder()
                        .setLidMapping(LidMappingDelta.newBuilder()
                                .setLid(lid.toString())
                                .setPn(pn.toString()))
                        .build());
            }
        }
        return deltas.stream().distinct().toList();
    }
}
