package dev.waggle.platform.account.retry;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.platform.port.ContactException;
import dev.waggle.platform.port.Encryption.ForDevice;
import dev.waggle.platform.port.Encryption.SenderKey;
import dev.waggle.platform.port.LineException;
import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.message.Message;
import dev.waggle.proto.message.SenderKeyDistributionMessage;
import dev.waggle.stanza.message.Draft;
import dev.waggle.stanza.message.EncType;
import dev.waggle.stanza.message.MessageContent;
import dev.waggle.stanza.message.Padding;
import dev.waggle.stanza.message.Traits;
import dev.waggle.stanza.receipt.Retry;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.OutboundState;
import dev.waggle.wire.node.Node;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The way of one answer: find the message, see that the asker may have it, see to a session that it can read,
/// encrypt once more for it alone.
final class Resend {
    sealed interface Outcome {
        /// Handed to the line.
        record Resent() implements Outcome {}

        /// `reason` is a stable code.
        record Refused(String reason) implements Outcome {}
    }

    /// The message, and the device under the name that its Signal state is kept by. `key` is our sender key of the
    /// group when there is one.
    private record Target(Request request, Jid device, Jid chat, Message message, Optional<SenderKey> key) {}

    private final RetryPorts ports;
    private final Entitlement entitlement;
    private final Renewal renewal;

    Resend(RetryPorts ports) {
        this.ports = ports;
        this.entitlement = new Entitlement(ports);
        this.renewal = new Renewal(ports);
    }

    static boolean lineEnded(Throwable why) {
        return cause(why) instanceof LineException line && line.kind() == LineException.Kind.ENDED;
    }

    private static Throwable cause(Throwable why) {
        Throwable inner = why.getCause();
        return why instanceof CompletionException && inner != null ? inner : why;
    }

    boolean wantsNewSession(Retry retry) {
        return renewal.wanted(retry);
    }

    /// Any failure may pass; a refusal will not.
    ///
    /// @param mayRenew a session may be made anew with keys from the server
    CompletionStage<Outcome> answer(Request request, boolean mayRenew) {
        return ports.contacts()
                .canonical(request.asker())
                .thenCompose(device -> ports.sent()
                        .sent(request.id())
                        .thenCompose(row -> row.filter(sent -> sent.state() != OutboundState.FAILED)
                                .map(sent -> known(request, device, sent, mayRenew))
                                .orElseGet(() -> refused("unknown-message"))))
                .exceptionally(failure -> {
                    if (cause(failure) instanceof ContactException contact) {
                        return new Outcome.Refused(contact.code());
                    }
                    throw new CompletionException(cause(failure));
                });
    }

    private static CompletionStage<Outcome> refused(String reason) {
        return CompletableFuture.completedStage(new Outcome.Refused(reason));
    }

    private CompletionStage<Outcome> known(Request request, Jid device, OutboundRow sent, boolean mayRenew) {
        return entitlement
                .of(request, device, sent.chat())
                .thenCompose(self -> senderKey(device, sent.chat(), self))
                .thenCompose(key ->
                        content(sent).thenApply(message -> new Target(request, device, sent.chat(), message, key)))
                .thenCompose(target ->
                        renewal.session(request.retry(), device, mayRenew).thenCompose(_ -> again(target)));
    }

    private CompletionStage<Message> content(OutboundRow sent) {
        try {
            Intent intent = Intent.parseFrom(sent.payload().unsafeArray());
            return ports.attachments()
                    .placed(intent, MessageContent.parse(intent.getContent().toByteArray()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("outbound row " + sent.id() + ": not an intent", e);
        }
    }

    /// Who cannot read a group's message may lack our key: from here on it counts as one without, whatever comes of
    /// this answer.
    private CompletionStage<Optional<SenderKey>> senderKey(Jid device, Jid chat, @Nullable Jid self) {
        if (self == null) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return ports.encryption()
                .senderKey(chat, self)
                .thenCompose(key -> key.isEmpty()
                        ? CompletableFuture.completedStage(key)
                        : ports.contacts()
                                .markHolders(chat, key.get().keyId(), List.of(device), false)
                                .thenApply(done -> key));
    }

    private CompletionStage<Outcome> again(Target target) {
        return plaintext(target)
                .thenCompose(plaintext -> ports.encryption().seal(List.of(target.device()), plaintext))
                .thenCompose(results -> results.getFirst() instanceof ForDevice.Ciphertext ciphertext
                        ? written(target, ciphertext)
                        : refused("no-session"));
    }

    private CompletionStage<Bytes> plaintext(Target target) {
        Message message = target.message();
        if (target.chat().isGroup()) {
            return padded(
                    target.key().map(key -> with(message, target.chat(), key)).orElse(message));
        }
        if (!target.device().sameUser(ports.self())) {
            return padded(message);
        }
        return ports.contacts()
                .known(target.chat())
                .thenCompose(chat -> padded(MessageContent.deviceSent(chat.preferred(), message)));
    }

    private CompletionStage<Bytes> padded(Message message) {
        return CompletableFuture.completedStage(Bytes.wrap(Padding.pad(message.toByteArray(), ports.random())));
    }

    private static Message with(Message message, Jid group, SenderKey key) {
        return message.toBuilder()
                .setSenderKeyDistributionMessage(SenderKeyDistributionMessage.newBuilder()
                        .setGroupId(group.toString())
                        .setAxolotlSenderKeyDistributionMessage(
                                ByteString.copyFrom(key.distribution().unsafeArray())))
                .build();
    }

    private CompletionStage<Outcome> written(Target target, ForDevice.Ciphertext ciphertext) {
        Outcome resent = new Outcome.Resent();
        return target.request()
                .received()
                .line()
                .write(stanza(target, ciphertext))
                .thenCompose(done -> target.key().isEmpty()
                        ? CompletableFuture.completedStage(done)
                        : ports.contacts()
                                .markHolders(target.chat(), target.key().get().keyId(), List.of(target.device()), true))
                .thenApply(done -> resent);
    }

    private Node stanza(Target target, ForDevice.Ciphertext ciphertext) {
        Request request = target.request();
        boolean group = target.chat().isGroup();
        boolean own = !group && target.device().sameUser(ports.self());
        Jid told = request.receipt().recipient();
        Jid recipient = told == null && own ? target.chat() : told;
        return Draft.retry(
                request.retry().id(),
                new Draft.Again(
                        request.receipt().from(),
                        request.receipt().participant(),
                        group ? null : recipient,
                        request.retry().count()),
                Traits.of(target.message()),
                new Draft.Part(
                        target.device(), ciphertext.preKey() ? EncType.PRE_KEY : EncType.WHISPER, ciphertext.bytes()),
                ports.contacts().ownDeviceIdentity());
    }
}
