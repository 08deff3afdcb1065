package dev.waggle.platform.webhook.shelf;

import dev.waggle.platform.port.webhook.WebhookRefused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// All webhooks, in memory and on their shelf. Thread-safe. One change at a time: it is seen here once it is
/// stored.
public final class Definitions {
    private final WebhookShelf shelf;
    private final int most;
    private final Map<String, Definition> byId = new ConcurrentSkipListMap<>();
    private CompletionStage<?> last = CompletableFuture.completedStage(null);

    private Definitions(WebhookShelf shelf, int most) {
        this.shelf = shelf;
        this.most = most;
    }

    /// @param most webhooks that there may be
    public static CompletionStage<Definitions> open(WebhookShelf shelf, int most) {
        return shelf.definitions().thenApply(stored -> {
            Definitions all = new Definitions(shelf, most);
            stored.forEach(definition -> all.byId.put(definition.webhook().id(), definition));
            return all;
        });
    }

    /// What other nodes made, changed and removed.
    public CompletionStage<Void> reread() {
        return inTurn(() -> shelf.definitions().thenAccept(stored -> {
            byId.keySet()
                    .removeIf(id -> stored.stream()
                            .noneMatch(definition -> definition.webhook().id().equals(id)));
            stored.forEach(definition -> byId.put(definition.webhook().id(), definition));
        }));
    }

    public Optional<Definition> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    public List<Definition> all() {
        return List.copyOf(byId.values());
    }

    /// By ascending id, beginning after the given one.
    public List<Definition> page(String after, int limit) {
        return ((ConcurrentSkipListMap<String, Definition>) byId)
                .tailMap(after, false).values().stream().limit(limit).toList();
    }

    public CompletionStage<Definition> add(Definition made) {
        return inTurn(() -> byId.size() >= most
                ? CompletableFuture.failedStage(new WebhookRefused(
                        WebhookRefused.Code.TOO_MANY_WEBHOOKS, "there are " + most + " webhooks already"))
                : stored(made));
    }

    /// @param change may refuse with a [WebhookRefused]
    public CompletionStage<Definition> change(String id, UnaryOperator<Definition> change) {
        return inTurn(() -> stored(change.apply(there(id))));
    }

    public CompletionStage<Definition> remove(String id) {
        return inTurn(() -> {
            Definition gone = there(id);
            return shelf.delete(id).thenApply(_ -> {
                byId.remove(id);
                return gone;
            });
        });
    }

    private CompletionStage<Definition> stored(Definition definition) {
        return shelf.put(definition).thenApply(_ -> {
            byId.put(definition.webhook().id(), definition);
            return definition;
        });
    }

    public Definition there(String id) {
        return find(id).orElseThrow(
                        () -> new WebhookRefused(WebhookRefused.Code.WEBHOOK_NOT_FOUND, "there is no webhook " + id));
    }

    private synchronized <T> CompletionStage<T> inTurn(Supplier<CompletionStage<T>> work) {
        CompletionStage<T> next = last.handle((_, _) -> true).thenCompose(_ -> work.get());
        last = next;
        return next;
    }
}
