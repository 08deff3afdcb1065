package dev.waggle.platform.account.ciphers;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.platform.port.Encryption;
import dev.waggle.signal.prekey.PreKeyBundle;
import dev.waggle.storage.StoreException;
import dev.waggle.transport.runtime.TaskRuntime;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;

/// [Encryption] as messages to [Ciphers]. A cipher that does not answer in time waits for its store, and the call
/// fails like one of a store that is away: who read something must not go on to the next as if this were refused.
/// What it did meanwhile stays consistent, because nothing that it gives leaves without the caller.
///
/// @param over they are ending: they are told nothing any more, and every call fails
record EncryptionPort(ActorRef<Ciphers.Command> ciphers, TaskRuntime runtime, BooleanSupplier over)
        implements Encryption {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private <T> CompletionStage<T> ask(Function<CompletableFuture<T>, Ciphers.Command> question) {
        if (over.getAsBoolean()) {
            return CompletableFuture.failedFuture(new CancellationException("the ciphers have ended"));
        }
        CompletableFuture<T> promise = new CompletableFuture<>();
        ciphers.tell(question.apply(promise));
        return runtime.within(PATIENCE, promise)
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(
                        isLate(failure)
                                ? new StoreException(
                                        StoreException.Code.STORAGE_BUSY, "the ciphers wait for it", failure)
                                : failure));
    }

    private static boolean isLate(Throwable failure) {
        return failure instanceof TimeoutException || failure.getCause() instanceof TimeoutException;
    }

    @Override
    public CompletionStage<Opened> open(Sealed sealed) {
        return ask(promise -> new Ciphers.Open(sealed, promise));
    }

    @Override
    public void settle(Collection<Long> tokens) {
        if (!tokens.isEmpty() && !over.getAsBoolean()) {
            ciphers.tell(new Ciphers.Settle(List.copyOf(tokens)));
        }
    }

    @Override
    public CompletionStage<List<ForDevice>> seal(List<Jid> devices, Bytes plaintext) {
        return ask(promise -> new Ciphers.Seal(devices, plaintext, promise));
    }

    @Override
    public CompletionStage<List<Jid>> install(Map<Jid, PreKeyBundle> bundles) {
        return ask(promise -> new Ciphers.Install(bundles, promise));
    }

    @Override
    public CompletionStage<GroupCiphertext> sealForGroup(Jid group, Jid self, Bytes plaintext) {
        return ask(promise -> new Ciphers.SealForGroup(group, self, plaintext, promise));
    }

    @Override
    public CompletionStage<Optional<SenderKey>> senderKey(Jid group, Jid self) {
        return ask(promise -> new Ciphers.OwnKey(group, self, promise));
    }

    @Override
    public CompletionStage<Bytes> learnSenderKey(Jid group, Jid sender, Bytes distribution) {
        return ask(promise -> new Ciphers.Learn(group, sender, distribution, promise));
    }

    @Override
    public CompletionStage<Done> rotateSenderKey(Jid group, Jid self) {
        return ask(promise -> new Ciphers.Rotate(group, self, promise));
    }

    @Override
    public CompletionStage<Done> forget(Jid device) {
        return ask(promise -> new Ciphers.Forget(device, promise));
    }

    @Override
    public CompletionStage<Integer> remoteRegistration(Jid device) {
        return ask(promise -> new Ciphers.Registration(device, promise));
    }
}
