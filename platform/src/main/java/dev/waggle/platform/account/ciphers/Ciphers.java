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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/// Hands each operation to the actor of its user or group, which keeps the order.
public final class Ciphers extends AbstractBehavior<Ciphers.Command> {
    private static final int TOKEN_BITS = 32;

    /// @param users ciphers of remote users alive at once; beyond it the one that was asked longest ago retires
    /// @param groups the same for groups
    /// @param idle a cipher that nobody asks for that long, or twice that long, retires
    public record Limits(int users, int groups, Duration idle) {
        public static final Limits DEFAULT = new Limits(512, 128, Duration.ofMinutes(10));
    }

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

    private record UserRetired(String name, boolean ended) implements Command {}

    private record GroupRetired(Jid group, boolean ended) implements Command {}

    private record Sweep() implements Command {}

    private final LocalIdentity local;
    private final SignalStore store;
    private final long incarnation;
    private final SecureRandom random;
    private final Consumer<String> failpoint;
    private final Living<String, SessionCipher.Command> users;
    private final Living<Jid, GroupCipher.Command> groups;
    private int numbers;

    /// @param incarnation of the store: what another one wrote comes out of a backup, and nothing is sealed with it
    /// @param failpoint told where a test may want the process to end
    public static Behavior<Command> create(
            LocalIdentity local, SignalStore store, long incarnation, SecureRandom random, Consumer<String> failpoint) {
        return create(local, store, incarnation, random, failpoint, Limits.DEFAULT);
    }

    static Behavior<Command> create(
            LocalIdentity local,
            SignalStore store,
            long incarnation,
            SecureRandom random,
            Consumer<String> failpoint,
            Limits limits) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new Sweep(), limits.idle());
            return new Ciphers(context, local, store, incarnation, random, failpoint, limits);
        }));
    }

    /// The port that siblings use.
    ///
    /// @param runtime knows when they have waited long enough
    /// @param over says when these ciphers are not to be asked any more
    public static Encryption port(ActorRef<Command> ciphers, TaskRuntime runtime, BooleanSupplier over) {
        return new EncryptionPort(ciphers, runtime, over);
    }

    private Ciphers(
            ActorContext<Command> context,
            LocalIdentity local,
            SignalStore store,
            long incarnation,
            SecureRandom random,
            Consumer<String> failpoint,
            Limits limits) {
        super(context);
        this.local = local;
        this.store = store;
        this.incarnation = incarnation;
        this.random = random;
        this.failpoint = failpoint;
        this.users = new Living<>(
                limits.users(),
                () -> numbers++,
                new Living.Care<>(
                        (name, number) -> user(number),
                        SessionCipher.Retire::new,
                        (name, ended) -> context.pipeToSelf(
                                ended, (yes, failure) -> new UserRetired(name, Boolean.TRUE.equals(yes)))));
        this.groups = new Living<>(
                limits.groups(),
                () -> numbers++,
                new Living.Care<>(
                        this::group,
                        GroupCipher.Retire::new,
                        (group, ended) -> context.pipeToSelf(
                                ended, (yes, failure) -> new GroupRetired(group, Boolean.TRUE.equals(yes)))));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onAnyMessage(this::onMessage)
                .onSignal(ChildFailed.class, failed -> {
                    throw new IllegalStateException("a cipher failed", failed.cause());
                })
                .onSignal(Terminated.class, _ -> this)
                .build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Open(var sealed, var promise) -> open(sealed, promise);
            case Settle(var tokens) -> settle(tokens);
            case Seal seal -> seal(seal);
            case Install install -> install(install);
            case SealForGroup(var group, var self, var plaintext, var promise) ->
                groups.tell(group, new GroupCipher.Seal(self, plaintext, promise));
            case OwnKey(var group, var self, var promise) -> groups.tell(group, new GroupCipher.OwnKey(self, promise));
            case Learn(var group, var sender, var distribution, var promise) ->
                groups.tell(group, new GroupCipher.Learn(sender, distribution, promise));
            case Rotate(var group, var self, var promise) -> groups.tell(group, new GroupCipher.Rotate(self, promise));
            case Forget(var device, var promise) -> users.tell(name(device), new SessionCipher.Forget(device, promise));
            case Registration(var device, var promise) ->
                users.tell(name(device), new SessionCipher.Registration(device, promise));
            case UserRetired(var name, var ended) -> users.retired(name, ended);
            case GroupRetired(var group, var ended) -> groups.retired(group, ended);
            case Sweep() -> {
                users.sweep();
                groups.sweep();
            }
            case Park(var promise) -> park(promise);
        }
        return this;
    }

    private static String name(Jid device) {
        return DeviceAddress.of(device).name();
    }

    private ActorRef<SessionCipher.Command> user(int number) {
        ActorRef<SessionCipher.Command> cipher = getContext()
                .spawn(
                        SessionCipher.create(local, store, incarnation, random, firstToken(number), failpoint),
                        "session-" + number);
        getContext().watch(cipher);
        return cipher;
    }

    private ActorRef<GroupCipher.Command> group(Jid group, int number) {
        ActorRef<GroupCipher.Command> cipher = getContext()
                .spawn(GroupCipher.create(group, store, incarnation, random, firstToken(number)), "group-" + number);
        getContext().watch(cipher);
        return cipher;
    }

    private static long firstToken(int number) {
        return (long) number << TOKEN_BITS;
    }

    private void open(Sealed sealed, CompletableFuture<Opened> promise) {
        Jid group = sealed.group();
        if (sealed.kind() != Kind.SENDER_KEY) {
            users.tell(name(sealed.sender()), new SessionCipher.Open(sealed, promise));
        } else if (group == null) {
            promise.completeExceptionally(new IllegalArgumentException("a sender key message without group"));
        } else {
            groups.tell(group, new GroupCipher.Open(sealed, promise));
        }
    }

    private void settle(Collection<Long> tokens) {
        Map<Integer, List<Long>> byCipher = new HashMap<>();
        for (Long token : tokens) {
            byCipher.computeIfAbsent((int) (token >> TOKEN_BITS), _ -> new ArrayList<>())
                    .add(token);
        }
        byCipher.forEach((number, theirs) -> {
            users.byNumber(number).ifPresent(cipher -> cipher.tell(new SessionCipher.Settle(theirs)));
            groups.byNumber(number).ifPresent(cipher -> cipher.tell(new GroupCipher.Settle(theirs)));
        });
    }

    private void seal(Seal seal) {
        Map<String, List<Jid>> byUser = new LinkedHashMap<>();
        for (Jid device : seal.devices()) {
            byUser.computeIfAbsent(name(device), _ -> new ArrayList<>()).add(device);
        }
        List<CompletableFuture<List<ForDevice>>> parts = new ArrayList<>();
        byUser.forEach((name, devices) -> {
            CompletableFuture<List<ForDevice>> part = new CompletableFuture<>();
            parts.add(part);
            users.tell(name, new SessionCipher.Seal(devices, seal.plaintext(), part));
        });
        joinInto(parts, seal.promise());
    }

    private void install(Install install) {
        Map<String, Map<Jid, PreKeyBundle>> byUser = new LinkedHashMap<>();
        install.bundles()
                .forEach((device, bundle) -> byUser.computeIfAbsent(name(device), _ -> new LinkedHashMap<>())
                        .put(device, bundle));
        List<CompletableFuture<List<Jid>>> parts = new ArrayList<>();
        byUser.forEach((name, bundles) -> {
            CompletableFuture<List<Jid>> part = new CompletableFuture<>();
            parts.add(part);
            users.tell(name, new SessionCipher.Install(bundles, part));
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
        users.tellAll(SessionCipher.Park::new, parts);
        groups.tellAll(GroupCipher.Park::new, parts);
        var _ = CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).whenComplete((_, failure) -> {
            if (failure == null) {
                promise.complete(Done.getInstance());
            } else {
                promise.completeExceptionally(failure);
            }
        });
    }
}
