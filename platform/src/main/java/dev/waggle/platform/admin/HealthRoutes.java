package dev.waggle.platform.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.waggle.platform.admin.http.Call;
import dev.waggle.platform.admin.http.Json;
import dev.waggle.platform.admin.http.Replies;
import dev.waggle.platform.admin.http.Route;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// Whether the process lives, and whether it should be sent traffic. Open to all: orchestrators have no keys.
final class HealthRoutes {
    private final Supplier<List<String>> unready;

    HealthRoutes(AdminPorts ports) {
        this.unready = ports.unready();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/health/live", this::live).withoutKey(),
                Route.get("/health/ready", this::ready).withoutKey());
    }

    private CompletionStage<HttpResponse> live(Call call) {
        return CompletableFuture.completedStage(Replies.json(200, Json.object().put("status", "live")));
    }

    private CompletionStage<HttpResponse> ready(Call call) {
        List<String> reasons = unready.get();
        ObjectNode json = Json.object().put("status", reasons.isEmpty() ? "ready" : "not-ready");
        reasons.forEach(json.putArray("reasons")::add);
        return CompletableFuture.completedStage(Replies.json(reasons.isEmpty() ? 200 : 503, json));
    }
}
