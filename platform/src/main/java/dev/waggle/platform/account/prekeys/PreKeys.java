package dev.waggle.platform.account.prekeys;

import dev.waggle.platform.port.DeviceRecord;
import dev.waggle.platform.port.Line;
import dev.waggle.signal.prekey.PreKey;
import dev.waggle.stanza.iq.IqException;
import dev.waggle.stanza.keys.KeyBundle;
import dev.waggle.stanza.keys.SignedKey;
import dev.waggle.storage.SignalStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// Keeps the server supplied with keys that we can open: one round at a time, after each login, when the server
/// runs low, when a rotation is due, and again after a failure, for as long as the line lasts.
public final class PreKeys extends AbstractBehavior<PreKeys.Command> {
    private static final Duration LOOK_MAX = Duration.ofDays(1);

    public sealed interface Command {}

    /// A line that is logged in.
    public record LineUp(Line line) implements Command {}

    public record LineDown() implements Command {}

    /// The server says that it runs low.
    public record Low() implements Command {}

    /// One bundle for a retry receipt, its private key durable.
    public record Bundle(CompletableFuture<KeyBundle> promise) implements Command {}

    private record Due() implements Command {}

    private record Ended(
            Line line, @Nullable Instant next, @Nullable Throwable failure) implements Command {}

    private final OwnKeys own;
    private final KeySettings settings;
    private final Clock clock;
    private final TimerScheduler<Command> timers;
    private final OneTimeKeys oneTime;
    private final SignedKeys signed;
    private final Upkeep upkeep;
    private @Nullable Line line;
    private boolean busy;
    private boolean again;
    private boolean low;
    private int failures;

    public static Behavior<Command> create(
            OwnKeys own,
            SignalStore store,
            DeviceRecord device,
            KeySettings settings,
            SecureRandom random,
            Clock clock) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new PreKeys(context, timers, own, store, device, settings, random, clock)));
    }

    private PreKeys(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            OwnKeys own,
            SignalStore store,
            DeviceRecord device,
            KeySettings settings,
            SecureRandom random,
            Clock clock) {
        super(context);
        this.timers = timers;
        this.own = own;
        this.settings = settings;
        this.clock = clock;
        this.oneTime = new OneTimeKeys(device, own, random);
        this.signed = new SignedKeys(store, device, own.local(), random, clock, settings);
        this.upkeep = new Upkeep(store, device, own.local(), oneTime, signed, settings, clock);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case LineUp(var up) -> {
                line = up;
                failures = 0;
                round();
            }
            case LineDown() -> {
                line = null;
                timers.cancel("due");
            }
            case Low() -> {
                low = true;
                round();
            }
            case Due() -> round();
            case Bundle(var promise) -> bundle(promise);
            case Ended(var on, var next, var failure) -> ended(on, next, failure);
        }
        return this;
    }

    private void round() {
        Line now = line;
        if (now == null || busy) {
            again = busy;
            return;
        }
        busy = true;
        boolean asked = low;
        low = false;
        CompletionStage<Instant> done = upkeep.round(now, asked).thenCompose(_ -> signed.due());
        getContext().pipeToSelf(done, (next, failure) -> new Ended(now, next, failure));
    }

    @SuppressWarnings("ReferenceEquality") // the very line that the round was on
    private void ended(Line on, @Nullable Instant next, @Nullable Throwable failure) {
        busy = false;
        if (failure != null) {
            getContext().getLog().warn("keys: not all is done yet: {}", String.valueOf(Failures.cause(failure)));
        }
        if (again || on != line) {
            again = false;
            round();
        } else if (failure != null) {
            timers.startSingleTimer("due", new Due(), pause(Failures.cause(failure)));
        } else {
            failures = 0;
            timers.startSingleTimer("due", new Due(), until(next == null ? clock.instant() : next));
        }
    }

    /// Fibonacci seconds: 1, 2, 3, 5 ... What the server refused for good is asked once more on another day: each
    /// try costs a batch of ids.
    private Duration pause(@Nullable Throwable why) {
        if (why instanceof IqException refused && !refused.isTransient()) {
            return settings.putOff();
        }
        int step = failures++;
        long one = 1;
        long two = 2;
        for (int i = 0; i < step && one < settings.retryMax().toSeconds(); i++) {
            long next = one + two;
            one = two;
            two = next;
        }
        return Duration.ofSeconds(Math.min(one, settings.retryMax().toSeconds()));
    }

    /// The clock may be set while a timer runs: it is looked at again after a day.
    private Duration until(Instant next) {
        Duration left = Duration.between(clock.instant(), next);
        return left.compareTo(LOOK_MAX) > 0 ? LOOK_MAX : left.isNegative() ? Duration.ofSeconds(1) : left;
    }

    private void bundle(CompletableFuture<KeyBundle> promise) {
        var _ = signed.present()
                .thenCombine(oneTime.draw(1, true), (present, drawn) -> bundle(SignedKeys.publicHalf(present), drawn))
                .whenComplete((bundle, failure) -> {
                    if (bundle != null) {
                        promise.complete(bundle);
                    } else {
                        promise.completeExceptionally(
                                failure == null ? new IllegalStateException("no bundle") : failure);
                    }
                });
    }

    private KeyBundle bundle(SignedKey present, List<PreKey> drawn) {
        return new KeyBundle(
                own.local().registrationId(),
                own.local().identity().publicKey(),
                present,
                OneTimeKeys.publicHalf(drawn.getFirst()),
                own.deviceIdentity());
    }
}
