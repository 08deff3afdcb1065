package dev.waggle.platform.account.prekeys;

import dev.waggle.platform.port.DeviceRecord;
import dev.waggle.platform.port.Line;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.stanza.iq.CountPreKeys;
import dev.waggle.stanza.iq.DigestPreKeys;
import dev.waggle.stanza.iq.DigestPreKeys.KeyDigest;
import dev.waggle.stanza.iq.IqException;
import dev.waggle.storage.SignalStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One round of what an account owes the key server, strictly in order: supply, rotate, compare. An upload carries
/// the signed pre-key, so it must not cross a rotation.
final class Upkeep {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    /// More than anybody offers; a list beyond this is not looked up.
    private static final int IDS_MAX = 16_384;

    private final SignalStore store;
    private final DeviceRecord device;
    private final LocalIdentity local;
    private final OneTimeKeys oneTime;
    private final SignedKeys signed;
    private final KeySettings settings;
    private final Clock clock;
    private volatile Instant comparedAt = Instant.MIN;

    Upkeep(
            SignalStore store,
            DeviceRecord device,
            LocalIdentity local,
            OneTimeKeys oneTime,
            SignedKeys signed,
            KeySettings settings,
            Clock clock) {
        this.store = store;
        this.device = device;
        this.local = local;
        this.oneTime = oneTime;
        this.signed = signed;
        this.settings = settings;
        this.clock = clock;
    }

    /// Fails as the line, the server or the stores fail; what was done by then is done.
    ///
    /// @param low the server said that it needs keys: it is not asked
    CompletionStage<Void> round(Line line, boolean low) {
        return oneTime.offered()
                .thenCompose(known -> low || !known ? CompletableFuture.completedStage(0) : count(line))
                .thenCompose(count -> count < settings.low() ? upload(line) : done())
                .thenCompose(_ -> signed.rotateIfDue(line))
                .thenCompose(_ -> compareIfDue(line));
    }

    /// A server that knows nothing of us says so instead of "none".
    private static CompletionStage<Integer> count(Line line) {
        return line.ask(new CountPreKeys()).exceptionally(failure -> {
            Throwable why = Failures.cause(failure);
            if (why instanceof IqException refused && refused.code() == IqException.NOT_FOUND) {
                return 0;
            }
            throw new CompletionException(why);
        });
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedStage(null);
    }

    private CompletionStage<Void> upload(Line line) {
        return signed.present()
                .thenCompose(present -> oneTime.upload(line, settings.batch(), SignedKeys.publicHalf(present)));
    }

    private CompletionStage<Void> compareIfDue(Line line) {
        if (comparedAt.isAfter(clock.instant().minus(settings.compareMin()))) {
            return done();
        }
        return compare(line)
                .thenCompose(first -> first.isEmpty()
                        ? done()
                        // A key may have been handed out and used up in between: a true difference shows twice.
                        : compare(line).thenCompose(again -> again.isEmpty() ? done() : repair(line, again.get())));
    }

    /// The difference in words; empty when there is none, or when the server does not want to tell.
    private CompletionStage<Optional<String>> compare(Line line) {
        // What happens on the way is not compared.
        Instant asked = clock.instant();
        return line.ask(new DigestPreKeys())
                .thenCompose(answer -> answer.map(digest -> compare(digest, asked))
                        .orElseGet(() -> CompletableFuture.completedStage(Optional.of("nothing of ours"))))
                .exceptionally(failure -> {
                    Throwable why = Failures.cause(failure);
                    if (why instanceof IqException refused && !refused.isTransient()) {
                        LOG.warn("the key server does not compare: {}", refused.getMessage());
                        comparedAt = asked;
                        return Optional.empty();
                    }
                    throw new CompletionException(why);
                });
    }

    private CompletionStage<Optional<String>> compare(KeyDigest server, Instant asked) {
        if (server.oneTimeKeyIds().size() > IDS_MAX) {
            return CompletableFuture.completedStage(
                    Optional.of(server.oneTimeKeyIds().size() + " one-time keys"));
        }
        return signed.present()
                .thenCombine(
                        store.loadPreKeys(server.oneTimeKeyIds()),
                        (present, stored) -> KeyComparison.difference(server, local, present, stored))
                .thenApply(difference -> {
                    if (difference.isEmpty()) {
                        comparedAt = asked;
                    }
                    return difference;
                });
    }

    /// An upload replaces what the server has of us. Not more often than agreed: a difference that an upload does
    /// not cure would cost a batch of keys with every login.
    private CompletionStage<Void> repair(Line line, String difference) {
        return device.read().thenCompose(row -> {
            Instant last = Instant.ofEpochMilli(row.getRepairedAtMillis());
            Instant now = clock.instant();
            if (last.plus(settings.repairMin()).isAfter(now)) {
                LOG.warn("the key server has {}; repaired at {}, not again yet", difference, last);
                return done();
            }
            LOG.warn("the key server has {}: keys are uploaded again", difference);
            return upload(line)
                    .thenCompose(_ -> device.change(before ->
                            DeviceRecord.Change.of(before.toBuilder().setRepairedAtMillis(now.toEpochMilli()))))
                    .thenAccept(_ -> {});
        });
    }
}
