package dev.waggle.platform.account.retry;

import dev.waggle.address.Jid;
import dev.waggle.platform.port.ContactException;
import dev.waggle.platform.port.KeyBundles;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.prekey.PreKeyBundle;
import dev.waggle.stanza.keys.KeyBundle;
import dev.waggle.stanza.receipt.Retry;
import dev.waggle.stanza.receipt.RetryReason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/// A session that the asker can read from: the present one, or a new one when the asker brought keys, was installed
/// anew, or says that it has none.
final class Renewal {
    /// Reasons that the present session does not cure.
    private static final Set<RetryReason> LOST = Set.of(
            RetryReason.NO_SESSION,
            RetryReason.INVALID_KEY,
            RetryReason.INVALID_KEY_ID,
            RetryReason.INVALID_SESSION,
            RetryReason.BAD_MAC);

    private final RetryPorts ports;

    Renewal(RetryPorts ports) {
        this.ports = ports;
    }

    /// Says that the asker would need a new session and brings no keys for it.
    boolean wanted(Retry retry) {
        return complete(retry) == null && (retry.count() >= 2 || LOST.contains(retry.reason()));
    }

    /// A bundle without one-time key is not used: the server has better ones.
    private static @Nullable KeyBundle complete(Retry retry) {
        KeyBundle keys = retry.keys();
        return keys == null || keys.oneTimeKey() == null ? null : keys;
    }

    CompletionStage<Done> session(Retry retry, Jid device, boolean mayRenew) {
        KeyBundle keys = complete(retry);
        if (keys != null) {
            return brought(device, keys);
        }
        return ports.encryption().remoteRegistration(device).thenCompose(known -> {
            boolean other = known != 0 && known != retry.registrationId();
            return known == 0 || other || mayRenew
                    ? fetched(device)
                    : CompletableFuture.completedStage(Done.getInstance());
        });
    }

    private CompletionStage<Done> brought(Jid device, KeyBundle keys) {
        try {
            return installed(Map.of(device, KeyBundles.toSignal(keys)));
        } catch (SignalException e) {
            return CompletableFuture.failedStage(new ContactException("bad-keys", "the receipt's keys are none"));
        }
    }

    private CompletionStage<Done> fetched(Jid device) {
        return ports.contacts().bundles(List.of(device)).thenCompose(this::installed);
    }

    private CompletionStage<Done> installed(Map<Jid, PreKeyBundle> bundles) {
        return ports.encryption()
                .install(bundles)
                .thenCompose(started -> started.isEmpty()
                        ? CompletableFuture.failedStage(
                                new ContactException("bad-keys", "no session can be made with these keys"))
                        : CompletableFuture.completedStage(Done.getInstance()));
    }
}
