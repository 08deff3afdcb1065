package dev.waggle.platform.admin;

import dev.waggle.platform.account.ObservedState;
import dev.waggle.platform.admin.http.Call;
import dev.waggle.platform.admin.http.Replies;
import dev.waggle.platform.admin.http.Route;
import dev.waggle.storage.control.AccountRow;
import dev.waggle.storage.control.ControlStore;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;

/// Metrics in Prometheus' text form. Accounts are counted from the directory at each scrape; while the store is
/// away, they stay as they were and all else is told.
final class MetricsRoutes {
    private static final String TEXT = "text/plain; version=0.0.4; charset=UTF-8";

    /// Scrapes are given up after ten seconds and more.
    private static final Duration COUNT_MAX = Duration.ofSeconds(3);

    private final ControlStore control;
    private final PrometheusMeterRegistry meters;
    private final MultiGauge accounts;

    MetricsRoutes(AdminPorts ports) {
        this.control = ports.control();
        this.meters = ports.meters();
        this.accounts = MultiGauge.builder("waggle.accounts")
                .description("Accounts by the state that was observed last")
                .register(meters);
    }

    List<Route> routes() {
        return List.of(Route.get("/metrics", this::scrape).forms("text/plain"));
    }

    private CompletionStage<HttpResponse> scrape(Call call) {
        Map<String, Long> counts = new TreeMap<>();
        Arrays.stream(ObservedState.values()).forEach(state -> counts.put(state.name(), 0L));
        return count("", counts)
                .toCompletableFuture()
                .orTimeout(COUNT_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .handle((_, failure) -> {
                    if (failure == null) {
                        counted(counts);
                    }
                    return Replies.bytes(TEXT, ByteString.fromString(meters.scrape()));
                });
    }

    private void counted(Map<String, Long> counts) {
        accounts.register(
                counts.entrySet().stream()
                        .map(entry -> MultiGauge.Row.of(Tags.of("observed", entry.getKey()), entry.getValue()))
                        .toList(),
                true);
    }

    private CompletionStage<Void> count(String after, Map<String, Long> counts) {
        return control.accounts(after, ControlStore.PAGE_MAX).thenCompose(page -> {
            page.stream().map(AccountRow::observedState).forEach(state -> counts.merge(state, 1L, Long::sum));
            return page.size() < ControlStore.PAGE_MAX
                    ? CompletableFuture.completedStage(null)
                    : count(page.getLast().id().value(), counts);
        });
    }
}
