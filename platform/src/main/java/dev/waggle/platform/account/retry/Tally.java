package dev.waggle.platform.account.retry;

import dev.waggle.address.Jid;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// What was sent again to whom, how often, and when a device's session was last made anew. In memory: after a
/// restart the counts begin again, and the number in the receipt still limits them. Used from one thread only.
final class Tally {
    private static final int REMEMBERED_MAX = 10_000;

    /// A resend of one message to one device.
    private record Name(String id, Jid device) {}

    private record Count(int times, int last) {}

    private final Retries.Limits limits;
    private final Map<Name, Count> resent = bounded();
    private final Map<Jid, Instant> renewed = bounded();
    private final Map<Jid, Bucket> buckets = bounded();

    private record Bucket(double credit, Instant at) {}

    Tally(Retries.Limits limits) {
        this.limits = limits;
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > REMEMBERED_MAX;
            }
        };
    }

    /// True for a receipt that the server delivers again although its request was answered.
    boolean answered(Request request) {
        Count known = resent.get(name(request));
        return known != null && request.receipt().offline() && request.retry().count() <= known.last();
    }

    boolean tooOften(Request request) {
        Count known = resent.get(name(request));
        return request.retry().count() > limits.perMessage() || known != null && known.times() >= limits.perMessage();
    }

    void resent(Request request) {
        resent.merge(
                name(request),
                new Count(1, request.retry().count()),
                (before, one) -> new Count(before.times() + 1, Math.max(before.last(), one.last())));
    }

    private static Name name(Request request) {
        return new Name(request.id(), request.asker());
    }

    /// True once per device and hour: a session made anew costs the device a one-time key.
    boolean mayRenew(Jid device, Instant now) {
        Instant last = renewed.get(device);
        if (last != null && last.plus(limits.renewAgain()).isAfter(now)) {
            return false;
        }
        renewed.put(device, now);
        return true;
    }

    /// Takes one of the device's allowance, which grows back with time.
    boolean allowed(Jid device, Instant now) {
        Bucket bucket = buckets.getOrDefault(device, new Bucket(limits.burst(), now));
        double grown = Duration.between(bucket.at(), now).toMillis()
                / (double) limits.refill().toMillis();
        double credit = Math.min(limits.burst(), bucket.credit() + Math.max(0, grown));
        boolean enough = credit >= 1;
        buckets.put(device, new Bucket(enough ? credit - 1 : credit, now));
        return enough;
    }
}
