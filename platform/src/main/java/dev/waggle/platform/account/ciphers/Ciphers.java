package dev.waggle.platform.account.ciphers;

import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;
import dev.waggle.platform.port.Encryption;
import dev.waggle.platform.port.Encryption.ForDevice;
import dev.waggle.platform.port.Encryption.GroupCiphertext;
import dev.waggle.platform.port.Encryption.Kind;
import dev.waggle.platform.port.Encryption.Opened;
import dev.waggle.platform.port.Encryption.Sealed;
import dev.waggle.platform.port.Encryption.SenderKey;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.signal.prekey.PreKeyBundle;
import dev.waggle.storage.SignalStore;
import dev.waggle.transport.runtime.TaskRuntime;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/// Hands each operation to the actor of its user or group, which keeps the order.
public final class Ciphers extends AbstractBehavior<Ciphers.Command> {
    private static final int TOKEN_BITS = 40;

    public sealed interface Command {}

    record Open(Sealed sealed, CompletableFuture<Opened> promise) implements Command {}

    record Settle(Collection<Long> tokens) implements Command {}

    record Seal(List<Jid> devices, Bytes plaintext, CompletableFuture<List<ForDevice>> promise) implements Command {}

    record Install(Map<Jid, PreKeyBundle> bundles, CompletableFuture<List<Jid>> promise) implements Command {}

    record SealForGroup(Jid group, Jid self, Bytes plaintext, CompletableFuture<GroupCiphertext> promise)
            implements Command {}

    record OwnKey(Jid group, Jid self, CompletableFuture<Optional<SenderKey>> promise) implements Command {}

    record Learn(Jid group, Jid sender, Bytes distribution, CompletableFuture<Bytes> promise) implements Command {}

    record Rotate(Jid group, Jid self, CompletableFuture<Done> promise) implements Command {}

    record Forget(Jid device, CompletableFuture<Done> promise) implements Command {}

    record Registration(Jid device, CompletableFuture<Integer> promise) implements Command {}

    /// Stores what can be stored and lets nothing be sealed any more; completes when that is done.
    public record Park(CompletableFuture<Done> promise) implements Command {}

    private final LocalIdentity local;
    private final SignalStore store;
    private final long incarnation;
    private final SecureRandom random;
    private final Consumer<String> failpoint;
    private final Map<String, ActorRef<SessionCipher.Command>> sessions = new HashMap<>();
    private final Map<Jid, ActorRef<GroupCipher.Command>> groups = new HashMap<>();
    /// By the upper bits of their tokens.
    private final List<java.util.function.Consumer<Collection<Long>>> settlers = new ArrayList<>();

    /// @param incarnation of the store: what another one wrote comes out of a backup, and nothing is sealed with it
    /// @param failpoint told where a test may want the process to end
    public static Behavior<Command> create(
            LocalIdentity local, SignalStore store, long incarnation, SecureRandom random, Consumer<String> failpoint) {
        return Behaviors.setup(context -> new Ciphers(context, local, store, incarnation, random, failpoint));
    }

    /// The port that siblings use.
    ///
    /// @param runtime knows when they have waited long enough
    public static Encryption port(ActorRef<Command> ciphers, TaskRuntime runtime) {
        return new EncryptionPort(ciphers, runtime);
    }

    private Ciphers(
            ActorContext<Command> context,
            LocalIdentity local,
            SignalStore store,
            long incarnation,
            SecureRandom random,
            Consumer<String> failpoint) {
        super(context);
        this.local = local;
        this.store = store;
        this.incarnation = incarnation;
        this.random = random;
        this.failpoint = failpoint;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Open(var sealed, var promise) -> open(sealed, promise);
            case Settle(var tokens) -> settle(tokens);
            case Seal seal -> seal(seal);
            case Install install -> install(install);
            case SealForGroup(var group, var self, var plaintext, var promise) ->
                group(group).tell(new GroupCipher.Seal(self, plaintext, promise));
            case OwnKey(var group, var self, var promise) -> group(group).tell(new GroupCipher.OwnKey(self, promise));
            case Learn(var group, var sender, var distribution, var promise) ->
                group(group).tell(new GroupCipher.Learn(sender, distribution, promise));
            case Rotate(var group, var self, var promise) -> group(group).tell(new GroupCipher.Rotate(self, promise));
            case Forget(var device, var promise) -> user(device).tell(new SessionCipher.Forget(device, promise));
            case Registration(var device, var promise) ->
                user(device).tell(new SessionCipher.Registration(device, promise));
            case Park(var promise) -> park(promise);
        }
        return this;
    }

    private ActorRef<SessionCipher.Command> user(Jid device) {
        return sessions.computeIfAbsent(DeviceAddress.of(device).name(), _ -> {
            long first = (long) settlers.size() << TOKEN_BITS;
            ActorRef<SessionCipher.Command> cipher = getContext()
                    .spawn(
                            SessionCipher.create(local, store, incarnation, random, first, failpoint),
                            "session-" + settlers.size());
            settlers.add(tokens -> cipher.tell(new SessionCipher.Settle(tokens)));
            return cipher;
        });
    }

    private ActorRef<GroupCipher.Command> group(Jid group) {
        return groups.computeIfAbsent(group, _ -> {
            long first = (long) settlers.size() << TOKEN_BITS;
            ActorRef<GroupCipher.Command> cipher = getContext()
                    .spawn(GroupCipher.create(group, store, incarnation, random, first), "group-" + settlers.size());
            settlers.add(tokens -> cipher.tell(new GroupCipher.Settle(tokens)));
            return cipher;
        });
    }

    private void open(Sealed sealed, CompletableFuture<Opened> promise) {
        Jid group = sealed.group();
        if (sealed.kind() != Kind.SENDER_KEY) {
            user(sealed.sender()).tell(new SessionCipher.Open(sealed, promise));
        } else if (group == null) {
            promise.completeExceptionally(new IllegalArgumentException("a sender key message without group"));
        } else {
            group(group).tell(new GroupCipher.Open(sealed, promise));
        }
    }

    private void settle(Collection<Long> tokens) {
        Map<Integer, List<Long>> byCipher = new HashMap<>();
        for (Long token : tokens) {
            byCipher.computeIfAbsent((int) (token >> TOKEN_BITS), _ -> new ArrayList<>())
                    .add(token);
        }
        byCipher.forEach((cipher, theirs) -> settlers.get(cipher).accept(theirs));
    }

    private void seal(Seal seal) {
        Map<String, List<Jid>> byUser = new LinkedHashMap<>();
        for (Jid device : seal.devices()) {
            byUser.computeIfAbsent(DeviceAddress.of(device).name(), _ -> new ArrayList<>())
                    .add(device);
        }
        List<CompletableFuture<List<ForDevice>>> parts = new ArrayList<>();
        byUser.values().forEach(devices -> {
            CompletableFuture<List<ForDevice>> part = new CompletableFuture<>();
            parts.add(part);
            user(devices.getFirst()).tell(new SessionCipher.Seal(devices, seal.plaintext(), part));
        });
        joinInto(parts, seal.promise());
    }

    private void install(Install install) {
        Map<String, Map<Jid, PreKeyBundle>> byUser = new LinkedHashMap<>();
        install.bundles()
                .forEach((device, bundle) -> byUser.computeIfAbsent(
                                DeviceAddress.of(device).name(), _ -> new LinkedHashMap<>())
                        .put(device, bundle));
        List<CompletableFuture<List<Jid>>> parts = new ArrayList<>();
        byUser.values().forEach(bundles -> {
            CompletableFuture<List<Jid>> part = new CompletableFuture<>();
            parts.add(part);
            user(bundles.keySet().iterator().next()).tell(new SessionCipher.Install(bundles, part));
        });
        joinInto(parts, install.promise());
    }

    /// All parts in order, or the first failure.
    private static <T> void joinInto(List<CompletableFuture<List<T>>> parts, CompletableFuture<List<T>> whole) {
        CompletableFuture<Void> all = CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new));
        var _ = all.whenComplete((_, failure) -> {
            if (failure != null) {
                whole.completeExceptionally(failure.getCause() == null ? failure : failure.getCause());
            } else {
                whole.complete(
                        parts.stream().flatMap(part -> part.join().stream()).toList());
            }
        });
    }

    private void park(CompletableFuture<Done> promise) {
        List<CompletableFuture<Done>> parts = new ArrayList<>();
        sessions.values().forEach(cipher -> {
            CompletableFuture<Done> part = new CompletableFuture<>();
            parts.add(part);
            cipher.tell(new SessionCipher.Park(part));
        });
        groups.values().forEach(cipher -> {
            CompletableFuture<Done> part = new CompletableFuture<>();
            parts.add(part);
            cipher.tell(new GroupCipher.Park(part));
        });
        var _ = CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).whenComplete((_, failure) -> {
            if (failure == null) {
                promise.complete(Done.getInstance());
            } else {
                promise.completeExceptionally(failure);
            }
        });
    }
}
