package dev.waggle.platform.port.webhook;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What somebody wants a webhook to be. Null: as it is, or the default for a new one; only `url` has none.
///
/// @param accounts names, or [#EVERY] alone
/// @param labels accounts that have one of them are selected, too
/// @param start where a new webhook begins: `latest` or `earliest`
public record WebhookDraft(
        @Nullable String url,
        @Nullable List<String> accounts,
        @Nullable List<String> labels,
        @Nullable List<String> types,
        @Nullable Map<String, String> headers,
        @Nullable Ordering ordering,
        @Nullable Integer maxInFlight,
        @Nullable Boolean enabled,
        @Nullable String start) {
    /// Stands for every account that there is or will be.
    public static final String EVERY = "*";
}
