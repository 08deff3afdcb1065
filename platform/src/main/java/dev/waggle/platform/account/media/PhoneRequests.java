package dev.waggle.platform.account.media;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.platform.port.Line;
import dev.waggle.proto.journal.MediaFile;
import dev.waggle.stanza.media.MediaRetry;
import dev.waggle.stanza.notification.Content;
import dev.waggle.stanza.receipt.Receipts;
import dev.waggle.storage.row.MessageKey;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/// Asks the account's phone to upload a file again that the hosts do not have any more. Thread-safe; blocks.
final class PhoneRequests {
    private static final int NONCE_BYTES = 12;

    private final MediaPorts ports;
    private final Hosts hosts;
    private final Map<MessageId, CompletableFuture<Content.MediaRetried>> asked = new ConcurrentHashMap<>();

    PhoneRequests(MediaPorts ports, Hosts hosts) {
        this.ports = ports;
        this.hosts = hosts;
    }

    /// Where the phone uploaded it to.
    String again(MessageKey key, MediaFile file) throws TransferException {
        Line line = hosts.line();
        if (line == null) {
            throw new TransferException(
                    TransferException.Kind.NOT_CONNECTED, "the account is not connected: the phone cannot be asked");
        }
        if (asked.size() >= ports.services().settings().askedMax()) {
            throw new TransferException(
                    TransferException.Kind.BUSY, "the phone is asked for " + asked.size() + " files already");
        }
        CompletableFuture<Content.MediaRetried> answer =
                asked.computeIfAbsent(key.id(), _ -> new CompletableFuture<>());
        try {
            line.write(question(key, file)).toCompletableFuture().join();
            Content.MediaRetried retried = ports.services()
                    .runtime()
                    .within(ports.services().settings().phoneMax(), answer)
                    .toCompletableFuture()
                    .join();
            return place(MediaRetry.open(Bytes.wrap(file.getMediaKey().toByteArray()), retried));
        } catch (CompletionException e) {
            throw new TransferException(
                    TransferException.Kind.GONE, "the hosts do not have the file, and the phone did not answer");
        } finally {
            asked.remove(key.id(), answer);
        }
    }

    private static String place(MediaRetry.Answer answer) throws TransferException {
        return switch (answer) {
            case MediaRetry.Answer.Uploaded(var directPath) -> directPath;
            case MediaRetry.Answer.Missing() ->
                throw new TransferException(
                        TransferException.Kind.GONE, "neither the hosts nor the phone have the file any more");
            case MediaRetry.Answer.Failed(var why) ->
                throw new TransferException(TransferException.Kind.GONE, "the hosts do not have the file: " + why);
        };
    }

    private dev.waggle.wire.node.Node question(MessageKey key, MediaFile file) {
        byte[] nonce = new byte[NONCE_BYTES];
        ports.random().nextBytes(nonce);
        Bytes sealed = MediaRetry.seal(Bytes.wrap(file.getMediaKey().toByteArray()), key.id(), Bytes.wrap(nonce));
        Jid participant = key.chat().isUser() ? null : key.sender();
        return Receipts.serverError(
                ports.self(),
                key.id(),
                new Receipts.MediaOwner(key.chat(), file.getFromMe(), participant),
                sealed,
                Bytes.wrap(nonce));
    }

    void answered(Content.MediaRetried retried) {
        CompletableFuture<Content.MediaRetried> waiting = asked.get(retried.id());
        if (waiting != null) {
            waiting.complete(retried);
        }
    }
}
