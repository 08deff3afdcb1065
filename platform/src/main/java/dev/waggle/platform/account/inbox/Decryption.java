package dev.waggle.platform.account.inbox;

import com.google.protobuf.ByteString;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.platform.port.Encryption;
import dev.waggle.platform.port.Encryption.Kind;
import dev.waggle.platform.port.Encryption.Opened;
import dev.waggle.platform.port.Encryption.Sealed;
import dev.waggle.proto.journal.StoreDelta;
import dev.waggle.proto.message.Message;
import dev.waggle.stanza.message.Enc;
import dev.waggle.stanza.message.MessageContent;
import dev.waggle.stanza.message.Padding;
import dev.waggle.stanza.receipt.RetryReason;
import dev.waggle.wire.node.NodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Opens the ciphertexts of one stanza: pairwise ones first, then the group's, which they may bring the key for.
final class Decryption {
    /// What the stanza held. `failure` is the retry reason of the first ciphertext that would not open; then the
    /// rest was not tried. Every token must be settled, whatever came of it.
    static final class Result {
        final List<Long> tokens = new ArrayList<>();
        final List<StoreDelta> deltas = new ArrayList<>();

        @Nullable
        Message content;

        byte[] raw = new byte[0];

        @Nullable
        RetryReason failure;

        String why = "";
        /// A plaintext that is no message: nothing that a resend would cure.
        boolean malformed;
    }

    private final Encryption encryption;

    Decryption(Encryption encryption) {
        this.encryption = encryption;
    }

    /// @param sender the device under the address that its Signal state is kept under
    CompletionStage<Result> open(List<Enc> encs, Jid sender, Jid chat) {
        CompletionStage<Result> all = CompletableFuture.completedStage(new Result());
        for (Enc enc : encs) {
            Optional<Kind> kind = kind(enc);
            if (kind.isPresent()) {
                all = all.thenCompose(result -> result.failure != null || result.malformed
                        ? CompletableFuture.completedStage(result)
                        : one(enc, kind.get(), sender, chat, result));
            }
        }
        return all;
    }

    static Optional<Kind> kind(Enc enc) {
        return switch (enc.type()) {
            case PRE_KEY -> Optional.of(Kind.PRE_KEY);
            case WHISPER -> Optional.of(Kind.WHISPER);
            case SENDER_KEY -> Optional.of(Kind.SENDER_KEY);
            case MESSAGE_SECRET, UNKNOWN -> Optional.empty();
        };
    }

    private CompletionStage<Result> one(Enc enc, Kind kind, Jid sender, Jid chat, Result result) {
        Jid group = kind == Kind.SENDER_KEY ? chat : null;
        return encryption
                .open(new Sealed(sender, kind, enc.ciphertext(), group))
                .thenCompose(opened -> switch (opened) {
                    case Opened.Plain(var token, var plaintext) -> {
                        result.tokens.add(token);
                        yield read(enc, plaintext, sender, result);
                    }
                    // Not known as journaled, or the inbox had not asked: its key is gone, only the sender can help.
                    case Opened.Duplicate() -> failed(result, RetryReason.INVALID_MESSAGE_KEY, "old counter");
                    case Opened.Failed(var reason, var why) -> failed(result, RetryReason.of(reason), why);
                });
    }

    private static CompletionStage<Result> failed(Result result, RetryReason reason, String why) {
        result.failure = reason;
        result.why = why;
        return CompletableFuture.completedStage(result);
    }

    private CompletionStage<Result> read(Enc enc, Bytes plaintext, Jid sender, Result result) {
        Message message;
        try {
            byte[] raw = enc.version() == 3 ? plaintext.toArray() : Padding.unpad(plaintext.unsafeArray());
            message = MessageContent.parse(raw);
        } catch (NodeException e) {
            result.malformed = true;
            result.why = String.valueOf(e.getMessage());
            return CompletableFuture.completedStage(result);
        }
        Message inner = MessageContent.unwrapped(message);
        if (MessageContent.hasContent(inner)) {
            result.content = inner;
            result.raw = inner.toByteArray();
        }
        if (!message.hasSenderKeyDistributionMessage()) {
            return CompletableFuture.completedStage(result);
        }
        var distribution = message.getSenderKeyDistributionMessage();
        Jid group = Jid.parse(distribution.getGroupId());
        ByteString bytes = distribution.getAxolotlSenderKeyDistributionMessage();
        return encryption
                .learnSenderKey(group, sender, Bytes.wrap(bytes.toByteArray()))
                .handle((stored, failure) -> {
                    if (failure == null) {
                        result.deltas.add(Arrival.senderKey(group, sender, stored));
                    }
                    return result;
                });
    }
}
