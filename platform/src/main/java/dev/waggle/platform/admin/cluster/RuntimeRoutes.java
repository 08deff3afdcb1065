package dev.waggle.platform.admin.cluster;

import dev.waggle.platform.admin.http.Call;
import dev.waggle.platform.admin.http.Json;
import dev.waggle.platform.admin.http.Problem;
import dev.waggle.platform.admin.http.Replies;
import dev.waggle.platform.admin.http.Route;
import dev.waggle.platform.cluster.runtime.WebVersion;
import dev.waggle.stanza.login.ClientVersion;
import dev.waggle.stanza.login.LoginException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// `/v1/runtime`: what is changed while nodes run.
public final class RuntimeRoutes {
    private static final String VERSION = "/v1/runtime/wa-web-version";

    private final WebVersion version;

    public RuntimeRoutes(WebVersion version) {
        this.version = version;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(VERSION, _ -> CompletableFuture.completedStage(shown(version.version()))),
                Route.put(VERSION, this::set));
    }

    private CompletionStage<HttpResponse> set(Call call) {
        return call.json(Set.of("version"))
                .thenCompose(body -> version.set(parsed(body.text("version", 1, 64))))
                .thenApply(RuntimeRoutes::shown);
    }

    private static ClientVersion parsed(String text) {
        try {
            return ClientVersion.parse(text);
        } catch (LoginException e) {
            throw Problem.INVALID_VALUE.because("version", text, "three numbers with dots");
        }
    }

    private static HttpResponse shown(ClientVersion version) {
        return Replies.json(200, Json.object().put("version", version.toString()));
    }
}
