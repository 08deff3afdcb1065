package dev.waggle.platform.account.ciphers;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;
import dev.waggle.platform.port.Encryption;
import dev.waggle.platform.port.Encryption.ForDevice;
import dev.waggle.platform.port.Encryption.Kind;
import dev.waggle.platform.port.Encryption.Opened;
import dev.waggle.platform.port.Encryption.Sealed;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.signal.prekey.PreKey;
import dev.waggle.signal.prekey.PreKeyBundle;
import dev.waggle.signal.prekey.SignedPreKey;
import dev.waggle.storage.Backend;
import dev.waggle.storage.memory.MemoryProvider;
import dev.waggle.storage.row.PreKeyRow;
import dev.waggle.transport.runtime.ThreadRuntime;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// One account with its ciphers over a memory store.
final class Side {
    private final SecureRandom random = new SecureRandom();
    private final ActorTestKit kit;
    final Jid jid;
    final LocalIdentity local = LocalIdentity.generate(random);
    final SignedPreKey signed = SignedPreKey.generate(1, local.identity(), random);
    final PreKey oneTime = PreKey.generate(7, random);
    final MemoryProvider provider = new MemoryProvider();
    final Backend store = get(provider.open(new AccountId("side")));
    ActorRef<Ciphers.Command> ciphers;
    long incarnation;
    Ciphers.Limits limits = Ciphers.Limits.DEFAULT;
    Encryption encryption;

    Side(ActorTestKit kit, String lid) {
        this.kit = kit;
        jid = Jid.lid(lid).withDevice(3);
        get(store.putSignedPreKey(signed.id(), signed.encode()));
        get(store.putPreKeys(List.of(new PreKeyRow(oneTime.id(), oneTime.encode(), true))));
        ciphers = kit.spawn(Ciphers.create(local, store, incarnation, random, point -> {}, limits));
        encryption = Ciphers.port(ciphers, new ThreadRuntime(1_000), () -> false);
    }

    /// As after kill -9: only the store is left.
    void die() {
        kit.stop(ciphers);
        ciphers = kit.spawn(Ciphers.create(local, store, incarnation, random, point -> {}, limits));
        encryption = Ciphers.port(ciphers, new ThreadRuntime(1_000), () -> false);
    }

    PreKeyBundle bundle() {
        return new PreKeyBundle(
                local.registrationId(),
                local.identity().publicKey(),
                signed.id(),
                signed.keyPair().publicKey(),
                signed.signature(),
                OptionalInt.of(oneTime.id()),
                oneTime.keyPair().publicKey());
    }

    ForDevice.Ciphertext seal(Side to, String text) {
        return (ForDevice.Ciphertext)
                get(encryption.seal(List.of(to.jid), Bytes.utf8(text))).getFirst();
    }

    Opened open(Side from, ForDevice.Ciphertext message) {
        Kind kind = message.preKey() ? Kind.PRE_KEY : Kind.WHISPER;
        return get(encryption.open(new Sealed(from.jid, kind, message.bytes(), null)));
    }

    long reads(Side from, ForDevice.Ciphertext message, String text) {
        Opened.Plain plain = (Opened.Plain) open(from, message);
        assertThat(plain.plaintext()).isEqualTo(Bytes.utf8(text));
        return plain.token();
    }

    @Nullable
    Bytes storedSession(Side with) {
        return get(store.loadSession(DeviceAddress.of(with.jid))).orElse(null);
    }

    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
