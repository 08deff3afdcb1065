package dev.waggle.platform.account.ciphers;

import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;
import dev.waggle.platform.port.Encryption.ForDevice;
import dev.waggle.platform.port.Encryption.Opened;
import dev.waggle.platform.port.Encryption.Sealed;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.signal.prekey.PreKeyBundle;
import dev.waggle.signal.session.CiphertextType;
import dev.waggle.signal.session.Encrypted;
import dev.waggle.signal.session.SessionRecord;
import dev.waggle.signal.session.Sessions;
import dev.waggle.storage.SignalStore;
import dev.waggle.storage.write.SignalWrite;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// The sessions with the devices of ONE remote user, one operation at a time.
///
/// A seal that raises a ceiling, or is first on a chain, waits for the write of its record; that write waits until
/// every message that the record has consumed is journaled. Other changes are written behind.
final class SessionCipher extends AbstractBehavior<SessionCipher.Command> {
    /// A seal that waits longer than this for the journal gives up: nothing was sent, the record goes back.
    private static final Duration JOURNAL_MAX = Duration.ofSeconds(10);

    sealed interface Command {}

    record Open(Sealed sealed, CompletableFuture<Opened> promise) implements Command {}

    record Seal(List<Jid> devices, Bytes plaintext, CompletableFuture<List<ForDevice>> promise) implements Command {}

    record Install(Map<Jid, PreKeyBundle> bundles, CompletableFuture<List<Jid>> promise) implements Command {}

    record Forget(Jid device, CompletableFuture<Done> promise) implements Command {}

    record Registration(Jid device, CompletableFuture<Integer> promise) implements Command {}

    record Settle(Collection<Long> tokens) implements Command {}

    /// Stores everything that may be stored, with its counters given back, and stops.
    record Park(CompletableFuture<Done> promise) implements Command {}

    /// Stores what it holds and ends, or stays when it has work: the promise says which. To be told nothing more
    /// until then.
    record Retire(CompletableFuture<Boolean> promise) implements Command {}

    private record Continue(Runnable step) implements Command {}

    private record Flush() implements Command {}

    private record GiveUp(Pending pending) implements Command {}

    /// A seal whose records must be stored first, and what to go back to when they cannot be.
    private record Pending(
            Map<DeviceAddress, @Nullable SessionRecord> before,
            List<ForDevice> results,
            CompletableFuture<List<ForDevice>> promise) {}

    private final LocalIdentity local;
    private final SignalStore store;
    private final SecureRandom random;
    private final TimerScheduler<Command> timers;
    private final Turns<Command> turns;
    private final Opening opening;
    private final SessionSlots slots;
    private final Consumer<String> failpoint;
    private final long firstToken;
    private long opened;
    private @Nullable Pending pending;
    private boolean retired;

    static Behavior<Command> create(
            LocalIdentity local,
            SignalStore store,
            long incarnation,
            SecureRandom random,
            long firstToken,
            Consumer<String> failpoint) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers ->
                new SessionCipher(context, timers, local, store, incarnation, random, firstToken, failpoint)));
    }

    private SessionCipher(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            LocalIdentity local,
            SignalStore store,
            long incarnation,
            SecureRandom random,
            long firstToken,
            Consumer<String> failpoint) {
        super(context);
        this.slots = new SessionSlots(incarnation);
        this.failpoint = failpoint;
        this.timers = timers;
        this.local = local;
        this.store = store;
        this.random = random;
        this.firstToken = firstToken;
        this.turns = new Turns<>(context, Continue::new);
        this.opening = new Opening(local, store, random);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Open open -> turns.add(() -> open(open));
            case Seal seal -> turns.add(() -> load(seal.devices(), seal.promise(), () -> seal(seal)));
            case Install install ->
                turns.add(() -> load(install.bundles().keySet(), install.promise(), () -> install(install)));
            case Forget forget ->
                turns.add(() -> load(List.of(forget.device()), forget.promise(), () -> forget(forget)));
            case Registration asked ->
                turns.add(() -> load(List.of(asked.device()), asked.promise(), () -> registration(asked)));
            case Settle settle -> settle(settle.tokens());
            case Continue next -> next.step().run();
            case Flush() -> flush();
            case GiveUp given -> giveUp(given.pending());
            case Park park -> turns.add(() -> park(park.promise()));
            case Retire(var promise) -> turns.add(() -> retire(promise));
        }
        return retired ? Behaviors.stopped() : this;
    }

    /// Makes sure that the devices' records are live, then goes on.
    private void load(Collection<Jid> devices, CompletableFuture<?> promise, Runnable then) {
        List<DeviceAddress> cold = devices.stream()
                .map(DeviceAddress::of)
                .filter(address -> !slots.live(address))
                .toList();
        if (cold.isEmpty()) {
            then.run();
            return;
        }
        turns.orFail(store.loadSessions(cold), promise, rows -> {
            cold.forEach(slots::slot);
            rows.forEach(row -> slots.loaded(row, getContext().getLog()));
            then.run();
        });
    }

    private void open(Open open) {
        load(List.of(open.sealed().sender()), open.promise(), () -> {
            DeviceAddress address = DeviceAddress.of(open.sealed().sender());
            Slot<SessionRecord> slot = slots.slot(address);
            turns.orFail(opening.open(open.sealed(), address, slot.record), open.promise(), result -> {
                opened(slot, address, result, open.promise());
                turns.end();
            });
        });
    }

    private void opened(
            Slot<SessionRecord> slot, DeviceAddress address, Opening.Result result, CompletableFuture<Opened> promise) {
        switch (result) {
            case Opening.Result.Read(var next, var plaintext, var consumed, var identity) -> {
                long token = firstToken + opened++;
                slot.record = next;
                slot.dirty = true;
                slots.out(token, slot);
                consumed.ifPresent(id -> slot.along.add(new SignalWrite.RemovePreKey(id)));
                if (identity != null) {
                    slot.along.add(new SignalWrite.PutIdentity(address, identity));
                }
                promise.complete(new Opened.Plain(token, plaintext));
            }
            case Opening.Result.Again() -> promise.complete(new Opened.Duplicate());
            case Opening.Result.Unreadable(var reason, var why) -> promise.complete(new Opened.Failed(reason, why));
        }
    }

    private void settle(Collection<Long> settled) {
        boolean storable = slots.settle(settled);
        if (pending != null) {
            storeFirst();
        } else if (storable) {
            Turns.later(timers, "flush", new Flush());
        }
    }

    private void seal(Seal seal) {
        Map<DeviceAddress, @Nullable SessionRecord> before = new LinkedHashMap<>();
        List<ForDevice> results = new ArrayList<>();
        boolean first = false;
        for (Jid device : seal.devices()) {
            DeviceAddress address = DeviceAddress.of(device);
            Slot<SessionRecord> slot = slots.slot(address);
            SessionRecord record = slot.record;
            if (record == null || !record.hasSession()) {
                results.add(new ForDevice.NoSession(device));
                continue;
            }
            Encrypted encrypted = Sessions.encrypt(record, seal.plaintext().unsafeArray());
            before.put(address, record);
            slot.record = encrypted.next();
            slot.dirty = true;
            first |= encrypted.mustStoreFirst();
            results.add(new ForDevice.Ciphertext(
                    device, encrypted.type() == CiphertextType.PRE_KEY, encrypted.ciphertext()));
        }
        if (!first) {
            seal.promise().complete(results);
            Turns.later(timers, "flush", new Flush());
            turns.end();
            return;
        }
        pending = new Pending(before, results, seal.promise());
        timers.startSingleTimer("journal", new GiveUp(pending), JOURNAL_MAX);
        storeFirst();
    }

    /// The records of the waiting seal, as soon as all of them may be stored.
    private void storeFirst() {
        Pending waiting = pending;
        if (waiting == null
                || waiting.before().keySet().stream()
                        .anyMatch(address -> !slots.slot(address).tokens.isEmpty())) {
            if (waiting != null) {
                // Storing now would make a received counter durable before its message is.
                failpoint.accept("session-flushed-before-journaled");
            }
            return;
        }
        timers.cancel("journal");
        pending = null;
        List<DeviceAddress> addresses = List.copyOf(waiting.before().keySet());
        turns.then(store.write(slots.writes(addresses)), (_, failure) -> {
            if (failure == null) {
                slots.stored(addresses);
                waiting.promise().complete(waiting.results());
            } else {
                goBack(waiting, failure);
            }
            turns.end();
        });
    }

    /// Nothing of this seal left, so its counters may be used again by whoever seals next.
    private void goBack(Pending waiting, Throwable why) {
        waiting.before().forEach((address, record) -> slots.slot(address).record = record);
        waiting.promise().completeExceptionally(why);
    }

    @SuppressWarnings("ReferenceEquality") // the very seal that this timer was started for
    private void giveUp(Pending given) {
        if (pending == given) {
            pending = null;
            goBack(given, new IllegalStateException("what the session consumed was not journaled in time"));
            turns.end();
        }
    }

    /// Takes its turn, so that no record changes between the write and its completion.
    private void flush() {
        turns.add(() -> {
            List<DeviceAddress> addresses = slots.storable();
            if (addresses.isEmpty()) {
                turns.end();
                return;
            }
            turns.then(store.write(slots.writes(addresses)), (_, failure) -> {
                if (failure == null) {
                    slots.stored(addresses);
                } else {
                    getContext().getLog().warn("sessions stay unstored for now: {}", failure.getMessage());
                    Turns.later(timers, "flush", new Flush());
                }
                turns.end();
            });
        });
    }

    private void install(Install install) {
        List<Jid> started = new ArrayList<>();
        install.bundles().forEach((device, bundle) -> {
            DeviceAddress address = DeviceAddress.of(device);
            Slot<SessionRecord> slot = slots.slot(address);
            try {
                slot.record = Sessions.start(local, slot.record, bundle, random);
                slot.dirty = true;
                slot.along.add(new SignalWrite.PutIdentity(address, bundle.identityKey()));
                started.add(device);
            } catch (SignalException e) {
                getContext().getLog().warn("bundle of device {} refused: {}", device.device(), e.getMessage());
            }
        });
        install.promise().complete(started);
        turns.end();
    }

    private void forget(Forget forget) {
        Slot<SessionRecord> slot = slots.slot(DeviceAddress.of(forget.device()));
        slot.record = slot.record == null ? null : slot.record.withCurrentArchived();
        slot.dirty = true;
        forget.promise().complete(Done.getInstance());
        Turns.later(timers, "flush", new Flush());
        turns.end();
    }

    private void registration(Registration asked) {
        SessionRecord record = slots.slot(DeviceAddress.of(asked.device())).record;
        OptionalInt id = record == null || !record.hasSession() ? OptionalInt.of(0) : record.remoteRegistrationId();
        asked.promise().complete(id.orElse(0));
        turns.end();
    }

    private void park(CompletableFuture<Done> promise) {
        turns.then(store.write(slots.park()), (_, failure) -> {
            if (failure == null) {
                promise.complete(Done.getInstance());
            } else {
                promise.completeExceptionally(failure);
            }
            // The turn never ends: a parked record must not encrypt any more.
        });
    }

    private void retire(CompletableFuture<Boolean> promise) {
        if (!slots.settled()) {
            promise.complete(false);
            turns.end();
            return;
        }
        turns.then(store.write(slots.park()), (_, failure) -> {
            retired = failure == null;
            promise.complete(retired);
            if (!retired) {
                getContext().getLog().warn("sessions stay in memory: {}", String.valueOf(failure));
                Turns.later(timers, "flush", new Flush());
                turns.end();
            }
        });
    }
}
