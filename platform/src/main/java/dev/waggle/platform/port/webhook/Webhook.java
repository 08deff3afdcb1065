package dev.waggle.platform.port.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One webhook, without its secrets.
///
/// @param types exact event types; empty: all
/// @param headers sent along with each delivery; values may be credentials, so they are never shown
/// @param maxInFlight deliveries of one account that may be under way at once
/// @param stop why nothing is delivered although nobody paused it, such as `gone`; empty: nothing stops it
/// @param secrets those that sign, the newest first
/// @param fromStart begins with the oldest event that is there, not with what happens from `selectedAt` on
/// @param selectedAt when the webhook, or its selector, was made: earlier events are not delivered
public record Webhook(
        String id,
        URI url,
        Selector selector,
        Set<String> types,
        Map<String, String> headers,
        Ordering ordering,
        int maxInFlight,
        boolean enabled,
        String stop,
        List<Key> secrets,
        boolean fromStart,
        Instant createdAt,
        Instant selectedAt) {
    /// Why a webhook was stopped that answered 410.
    public static final String GONE = "gone";

    /// A secret's name and age.
    public record Key(String id, Instant createdAt) {}

    public Webhook {
        types = Set.copyOf(types);
        headers = Map.copyOf(headers);
        secrets = List.copyOf(secrets);
    }

    public boolean running() {
        return enabled && stop.isEmpty();
    }

    /// Header values stay out of logs.
    @Override
    public String toString() {
        return "Webhook[" + id + "]";
    }
}
