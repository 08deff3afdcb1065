package dev.waggle.platform.account.ciphers;

import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.platform.port.Encryption.Kind;
import dev.waggle.platform.port.Encryption.Sealed;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.signal.message.PreKeyMessage;
import dev.waggle.signal.prekey.PreKey;
import dev.waggle.signal.prekey.PreKeyLookup;
import dev.waggle.signal.prekey.SignedPreKey;
import dev.waggle.signal.session.DecryptOutcome;
import dev.waggle.signal.session.Peer;
import dev.waggle.signal.session.SessionRecord;
import dev.waggle.signal.session.Sessions;
import dev.waggle.stanza.receipt.RetryReason;
import dev.waggle.storage.SignalStore;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Opens one pairwise ciphertext: looks up what it names, decrypts, and translates what came of it.
final class Opening {
    sealed interface Result {
        /// `identity` is present when it has to be stored: new, or changed and accepted.
        record Read(
                SessionRecord next,
                Bytes plaintext,
                OptionalInt consumedPreKey,
                @Nullable Bytes identity) implements Result {}

        record Again() implements Result {}

        record Unreadable(int retryReason, String why) implements Result {}
    }

    private final LocalIdentity local;
    private final SignalStore store;
    private final SecureRandom random;

    Opening(LocalIdentity local, SignalStore store, SecureRandom random) {
        this.local = local;
        this.store = store;
        this.random = random;
    }

    CompletionStage<Result> open(Sealed sealed, DeviceAddress address, @Nullable SessionRecord record) {
        byte[] ciphertext = sealed.ciphertext().unsafeArray();
        if (sealed.kind() == Kind.WHISPER) {
            return CompletableFuture.completedStage(
                    result(Sessions.decryptMessage(local, record, ciphertext, Peer.unknown(), random), stored(record)));
        }
        PreKeyMessage message;
        try {
            message = PreKeyMessage.parse(ciphertext);
        } catch (SignalException e) {
            return CompletableFuture.completedStage(
                    new Result.Unreadable(RetryReason.INVALID_MESSAGE.code(), "malformed pkmsg"));
        }
        if (Sessions.knows(record, message)) {
            return CompletableFuture.completedStage(first(record, ciphertext, PreKeyLookup.NONE, null));
        }
        return lookup(message)
                .thenCombine(
                        store.loadIdentity(address),
                        (keys, identity) -> first(record, ciphertext, keys, identity.orElse(null)));
    }

    /// The identity of a session was stored with it, and most messages bring no other one.
    private static @Nullable Bytes stored(@Nullable SessionRecord record) {
        return record == null ? null : record.remoteIdentity().orElse(null);
    }

    private CompletionStage<PreKeyLookup> lookup(PreKeyMessage message) {
        CompletionStage<List<SignedPreKey>> signed = store.loadSignedPreKey(message.signedPreKeyId())
                .thenApply(row -> row.map(bytes -> SignedPreKey.parse(bytes.unsafeArray())).stream()
                        .toList());
        CompletionStage<List<PreKey>> oneTime = message.preKeyId().isEmpty()
                ? CompletableFuture.completedStage(List.of())
                : store.loadPreKey(message.preKeyId().getAsInt())
                        .thenApply(row -> row
                                .map(found -> PreKey.parse(found.record().unsafeArray()))
                                .stream()
                                .toList());
        return signed.thenCombine(oneTime, PreKeyLookup::new);
    }

    /// A changed identity is accepted, as the official clients do: people reinstall, and a bot has nobody to ask.
    private Result first(@Nullable SessionRecord record, byte[] ciphertext, PreKeyLookup keys, @Nullable Bytes known) {
        Peer peer = known == null ? Peer.unknown() : Peer.known(known);
        DecryptOutcome outcome = Sessions.decryptPreKey(local, record, ciphertext, keys, peer, random);
        if (outcome instanceof DecryptOutcome.UntrustedIdentity(var newKey)) {
            outcome = Sessions.decryptPreKey(local, record, ciphertext, keys, Peer.known(newKey), random);
        }
        return result(outcome, known);
    }

    private static Result result(DecryptOutcome outcome, @Nullable Bytes known) {
        return switch (outcome) {
            case DecryptOutcome.Plaintext(var next, var plaintext, var consumed, var identity) ->
                new Result.Read(next, plaintext, consumed, known != null && identity.equals(known) ? null : identity);
            case DecryptOutcome.Duplicate _ -> new Result.Again();
            case DecryptOutcome.NoSession() -> unreadable(RetryReason.NO_SESSION, "no session");
            case DecryptOutcome.BadMac() -> unreadable(RetryReason.BAD_MAC, "bad MAC");
            case DecryptOutcome.InvalidMessage(var why) -> unreadable(RetryReason.INVALID_MESSAGE, why);
            case DecryptOutcome.InvalidKeyId(var id) -> unreadable(RetryReason.INVALID_KEY_ID, "unknown key " + id);
            case DecryptOutcome.UntrustedIdentity _ -> unreadable(RetryReason.INVALID_KEY, "another identity");
            case DecryptOutcome.TooFarAhead(var counters) ->
                unreadable(RetryReason.FUTURE_MESSAGE, counters + " counters ahead");
        };
    }

    private static Result unreadable(RetryReason reason, String why) {
        return new Result.Unreadable(reason.code(), why);
    }
}
