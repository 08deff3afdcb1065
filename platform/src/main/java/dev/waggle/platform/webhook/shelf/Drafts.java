package dev.waggle.platform.webhook.shelf;

import dev.waggle.address.AccountId;
import dev.waggle.platform.port.webhook.Ordering;
import dev.waggle.platform.port.webhook.Selector;
import dev.waggle.platform.port.webhook.Webhook;
import dev.waggle.platform.port.webhook.WebhookDraft;
import dev.waggle.platform.port.webhook.WebhookRefused;
import dev.waggle.platform.webhook.call.Target;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What becomes of a webhook that somebody wants to be otherwise, or refuses it.
///
/// @param types every event type that there is
public record Drafts(Target target, Set<String> types) {
    private static final int IN_FLIGHT = 16;
    private static final int IN_FLIGHT_MAX = 256;

    public Webhook made(WebhookDraft draft, String id, Webhook.Key key, Instant now) {
        String url = draft.url();
        if (url == null) {
            throw WebhookRefused.invalid("url", "missing", "where events go");
        }
        Webhook blank = new Webhook(
                id,
                target.url(url),
                Selector.ALL,
                Set.of(),
                Map.of(),
                Ordering.CHAT,
                IN_FLIGHT,
                true,
                "",
                List.of(key),
                "earliest".equals(draft.start()),
                now,
                now);
        return changed(blank, draft, now);
    }

    public Webhook changed(Webhook before, WebhookDraft draft, Instant now) {
        Selector selector = selector(before.selector(), draft);
        URI url = draft.url() == null ? before.url() : target.url(draft.url());
        // Whoever enables it, or gives it another address, wants it to be tried again.
        boolean again = Boolean.TRUE.equals(draft.enabled()) || !url.equals(before.url());
        return new Webhook(
                before.id(),
                url,
                selector,
                draft.types() == null ? before.types() : types(draft.types()),
                draft.headers() == null ? before.headers() : Target.headers(draft.headers()),
                draft.ordering() == null ? before.ordering() : draft.ordering(),
                inFlight(draft.maxInFlight(), before.maxInFlight()),
                draft.enabled() == null ? before.enabled() : draft.enabled(),
                again ? "" : before.stop(),
                before.secrets(),
                before.fromStart(),
                before.createdAt(),
                selector.equals(before.selector()) ? before.selectedAt() : now);
    }

    /// Naming labels or accounts narrows what selected every account before.
    private static Selector selector(Selector before, WebhookDraft draft) {
        List<String> names = draft.accounts();
        List<String> labels = draft.labels() == null ? before.labels() : draft.labels();
        if (names == null && draft.labels() == null) {
            return before;
        }
        if (names != null && names.contains(WebhookDraft.EVERY)) {
            if (names.size() > 1 || (draft.labels() != null && !draft.labels().isEmpty())) {
                throw WebhookRefused.invalid("accounts", "* and others", "* alone, or names and labels");
            }
            return Selector.ALL;
        }
        List<AccountId> accounts = names == null
                ? before.accounts()
                : names.stream().map(AccountId::new).distinct().toList();
        if (accounts.isEmpty() && labels.isEmpty()) {
            throw WebhookRefused.invalid("accounts", "none", "* alone, or names, or labels");
        }
        return new Selector(false, accounts, labels);
    }

    private static int inFlight(@Nullable Integer wanted, int otherwise) {
        if (wanted != null && (wanted < 1 || wanted > IN_FLIGHT_MAX)) {
            throw WebhookRefused.invalid("maxInFlight", wanted.toString(), "1.." + IN_FLIGHT_MAX);
        }
        return wanted == null ? otherwise : wanted;
    }

    private Set<String> types(List<String> wanted) {
        for (String type : wanted) {
            if (!types.contains(type)) {
                throw WebhookRefused.invalid("types", type, "some of " + new TreeSet<>(types));
            }
        }
        return Set.copyOf(wanted);
    }
}
