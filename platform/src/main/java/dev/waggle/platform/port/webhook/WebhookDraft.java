package dev.waggle.platform.port.webhook;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What somebody wants a webhook to be. Null: as it is, or the default for a new one; only `url` has none.
///
/// @param start where a new webhook begins: `latest` or `earliest`
public record WebhookDraft(
        @Nullable String url,
        @Nullable Selector selector,
        @Nullable List<String> types,
        @Nullable Map<String, String> headers,
        @Nullable Ordering ordering,
        @Nullable Integer maxInFlight,
        @Nullable Boolean enabled,
        @Nullable String start) {}
