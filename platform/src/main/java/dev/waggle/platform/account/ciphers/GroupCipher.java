package dev.waggle.platform.account.ciphers;

import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;
import dev.waggle.platform.port.Encryption.GroupCiphertext;
import dev.waggle.platform.port.Encryption.Opened;
import dev.waggle.platform.port.Encryption.Sealed;
import dev.waggle.platform.port.Encryption.SenderKey;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.group.GroupOutcome;
import dev.waggle.signal.group.SenderKeyRecord;
import dev.waggle.signal.group.SenderKeys;
import dev.waggle.stanza.receipt.RetryReason;
import dev.waggle.storage.SignalStore;
import dev.waggle.storage.row.SenderKeyName;
import dev.waggle.storage.write.SignalWrite;
import dev.waggle.storage.write.StoreWrite;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/// The sender keys of ONE group: those of its members, and our own. One operation at a time, stored by the same
/// rules as sessions.
///
/// Our own key is replaced once its chain is long: the official clients do so too, at a number that they do not
/// tell.
final class GroupCipher extends AbstractBehavior<GroupCipher.Command> {
    private static final int ITERATION_MAX = 1_000;

    sealed interface Command {}

    record Open(Sealed sealed, CompletableFuture<Opened> promise) implements Command {}

    record Seal(Jid self, Bytes plaintext, CompletableFuture<GroupCiphertext> promise) implements Command {}

    record OwnKey(Jid self, CompletableFuture<Optional<SenderKey>> promise) implements Command {}

    record Learn(Jid sender, Bytes distribution, CompletableFuture<Bytes> promise) implements Command {}

    record Rotate(Jid self, CompletableFuture<Done> promise) implements Command {}

    record Settle(Collection<Long> tokens) implements Command {}

    record Park(CompletableFuture<Done> promise) implements Command {}

    /// As [SessionCipher.Retire].
    record Retire(CompletableFuture<Boolean> promise) implements Command {}

    private record Continue(Runnable step) implements Command {}

    private record Flush() implements Command {}

    private final Jid group;
    private final SignalStore store;
    private final long incarnation;
    private final SecureRandom random;
    private final TimerScheduler<Command> timers;
    private final Turns<Command> turns;
    private final Map<SenderKeyName, Slot<SenderKeyRecord>> slots = new HashMap<>();
    private final Map<Long, Slot<SenderKeyRecord>> tokens = new HashMap<>();
    private final long firstToken;
    private long opened;
    private boolean retired;

    static Behavior<Command> create(
            Jid group, SignalStore store, long incarnation, SecureRandom random, long firstToken) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new GroupCipher(context, timers, group, store, incarnation, random, firstToken)));
    }

    private GroupCipher(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Jid group,
            SignalStore store,
            long incarnation,
            SecureRandom random,
            long firstToken) {
        super(context);
        this.incarnation = incarnation;
        this.timers = timers;
        this.group = group;
        this.store = store;
        this.random = random;
        this.firstToken = firstToken;
        this.turns = new Turns<>(context, Continue::new);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Open open -> turns.add(() -> load(open.sealed().sender(), open.promise(), () -> open(open)));
            case Seal seal -> turns.add(() -> load(seal.self(), seal.promise(), () -> seal(seal)));
            case OwnKey asked -> turns.add(() -> load(asked.self(), asked.promise(), () -> ownKey(asked)));
            case Learn learn -> turns.add(() -> load(learn.sender(), learn.promise(), () -> learn(learn)));
            case Rotate rotate -> turns.add(() -> rotate(rotate));
            case Settle(var settled) -> settle(settled);
            case Continue(var step) -> step.run();
            case Flush() -> flush();
            case Park(var promise) -> turns.add(() -> park(promise));
            case Retire(var promise) -> turns.add(() -> retire(promise));
        }
        return retired ? Behaviors.stopped() : this;
    }

    private SenderKeyName name(Jid sender) {
        return new SenderKeyName(group, DeviceAddress.of(sender));
    }

    private Slot<SenderKeyRecord> slot(Jid sender) {
        return slots.computeIfAbsent(name(sender), name -> new Slot<>(null));
    }

    private void load(Jid sender, CompletableFuture<?> promise, Runnable then) {
        SenderKeyName name = name(sender);
        if (slots.containsKey(name)) {
            then.run();
            return;
        }
        turns.orFail(store.loadSenderKey(name), promise, row -> {
            Slot<SenderKeyRecord> slot = new Slot<>(null);
            try {
                slot.record = row.flatMap(bytes -> SenderKeyRecord.load(bytes.unsafeArray(), incarnation))
                        .orElse(null);
            } catch (SignalException e) {
                getContext().getLog().warn("a sender key cannot be read and counts as absent");
            }
            slots.put(name, slot);
            then.run();
        });
    }

    private void open(Open open) {
        Slot<SenderKeyRecord> slot = slot(open.sealed().sender());
        GroupOutcome outcome =
                SenderKeys.decrypt(slot.record, open.sealed().ciphertext().unsafeArray());
        open.promise()
                .complete(
                        switch (outcome) {
                            case GroupOutcome.Plaintext(var next, var plaintext) -> {
                                long token = firstToken + opened++;
                                slot.record = next;
                                slot.dirty = true;
                                slot.tokens.add(token);
                                tokens.put(token, slot);
                                yield new Opened.Plain(token, plaintext);
                            }
                            case GroupOutcome.Duplicate(var iteration) -> new Opened.Duplicate();
                            case GroupOutcome.NoSenderKey(var id) -> failed(RetryReason.NO_SESSION, "no sender key");
                            case GroupOutcome.BadSignature() -> failed(RetryReason.INVALID_SIGNATURE, "bad signature");
                            case GroupOutcome.InvalidMessage(var why) -> failed(RetryReason.INVALID_MESSAGE, why);
                            case GroupOutcome.TooFarAhead(var ahead) ->
                                failed(RetryReason.FUTURE_MESSAGE, ahead + " ahead");
                        });
        turns.end();
    }

    private static Opened failed(RetryReason reason, String why) {
        return new Opened.Failed(reason.code(), why);
    }

    private void seal(Seal seal) {
        Slot<SenderKeyRecord> slot = slot(seal.self());
        SenderKeyRecord before = slot.record;
        SenderKeyRecord own =
                before == null || before.iteration() >= ITERATION_MAX ? SenderKeys.create(random) : before;
        Bytes distribution = SenderKeys.distribution(own);
        SenderKeys.Encrypted sent = SenderKeys.encrypt(own, seal.plaintext().unsafeArray(), random);
        GroupCiphertext result = new GroupCiphertext(own.keyId(), sent.ciphertext(), distribution);
        slot.record = sent.next();
        slot.dirty = true;
        if (!sent.mustStoreFirst()) {
            seal.promise().complete(result);
            Turns.later(timers, "flush", new Flush());
            turns.end();
            return;
        }
        turns.then(store.putSenderKey(name(seal.self()), sent.next().encode(incarnation)), (stored, failure) -> {
            if (failure == null) {
                slot.dirty = false;
                seal.promise().complete(result);
            } else {
                slot.record = before;
                seal.promise().completeExceptionally(failure);
            }
            turns.end();
        });
    }

    private void ownKey(OwnKey asked) {
        asked.promise()
                .complete(Optional.ofNullable(slot(asked.self()).record)
                        .map(own -> new SenderKey(own.keyId(), SenderKeys.distribution(own))));
        turns.end();
    }

    private void learn(Learn learn) {
        Slot<SenderKeyRecord> slot = slot(learn.sender());
        try {
            SenderKeyRecord record =
                    SenderKeys.process(slot.record, learn.distribution().unsafeArray());
            slot.record = record;
            learn.promise().complete(record.encode(incarnation));
        } catch (SignalException e) {
            learn.promise().completeExceptionally(e);
        }
        turns.end();
    }

    private void rotate(Rotate rotate) {
        turns.then(store.deleteSenderKey(name(rotate.self())), (deleted, failure) -> {
            if (failure == null) {
                slots.put(name(rotate.self()), new Slot<>(null));
                rotate.promise().complete(Done.getInstance());
            } else {
                rotate.promise().completeExceptionally(failure);
            }
            turns.end();
        });
    }

    private void settle(Collection<Long> settled) {
        boolean storable = false;
        for (Long token : settled) {
            Slot<SenderKeyRecord> slot = tokens.remove(token);
            if (slot != null) {
                slot.tokens.remove(token);
                storable |= slot.storable();
            }
        }
        if (storable) {
            Turns.later(timers, "flush", new Flush());
        }
    }

    private void flush() {
        turns.add(() -> {
            List<StoreWrite> writes = new ArrayList<>();
            List<Slot<SenderKeyRecord>> stored = new ArrayList<>();
            slots.forEach((name, slot) -> {
                if (slot.storable() && slot.record != null) {
                    writes.add(new SignalWrite.PutSenderKey(name, slot.record.encode(incarnation)));
                    stored.add(slot);
                }
            });
            if (writes.isEmpty()) {
                turns.end();
                return;
            }
            turns.then(store.write(writes), (done, failure) -> {
                if (failure == null) {
                    stored.forEach(slot -> slot.dirty = false);
                } else {
                    getContext().getLog().warn("sender keys stay unstored for now: {}", failure.getMessage());
                    Turns.later(timers, "flush", new Flush());
                }
                turns.end();
            });
        });
    }

    private void park(CompletableFuture<Done> promise) {
        List<StoreWrite> writes = new ArrayList<>();
        slots.forEach((name, slot) -> {
            if (slot.record != null && slot.tokens.isEmpty()) {
                writes.add(
                        new SignalWrite.PutSenderKey(name, slot.record.parked().encode(incarnation)));
            }
        });
        turns.then(store.write(writes), (done, failure) -> {
            if (failure == null) {
                promise.complete(Done.getInstance());
            } else {
                promise.completeExceptionally(failure);
            }
            // The turn never ends: a parked key must not encrypt any more.
        });
    }

    /// Also what was learned and is on its way through the journal: storing it early changes nothing, forgetting it
    /// would cost a retry receipt.
    private void retire(CompletableFuture<Boolean> promise) {
        if (!tokens.isEmpty()) {
            promise.complete(false);
            turns.end();
            return;
        }
        List<StoreWrite> writes = new ArrayList<>();
        slots.forEach((name, slot) -> {
            if (slot.record != null) {
                slot.record = slot.record.parked();
                slot.dirty = true;
                writes.add(new SignalWrite.PutSenderKey(name, slot.record.encode(incarnation)));
            }
        });
        turns.then(store.write(writes), (_, failure) -> {
            retired = failure == null;
            promise.complete(retired);
            if (!retired) {
                getContext().getLog().warn("sender keys stay in memory: {}", String.valueOf(failure));
                Turns.later(timers, "flush", new Flush());
                turns.end();
            }
        });
    }
}
