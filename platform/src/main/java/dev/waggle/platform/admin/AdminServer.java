package dev.waggle.platform.admin;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.function.Function;

/// The admin API while it listens.
public final class AdminServer {
    private static final Duration STOP_MAX = Duration.ofSeconds(5);

    private final ServerBinding binding;
    private final URI address;
    private final Optional<String> generatedKey;

    private AdminServer(ServerBinding binding, String host, Optional<String> generatedKey) {
        this.binding = binding;
        this.address = URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + binding.localAddress().getPort());
        this.generatedKey = generatedKey;
    }

    /// Opens the API. Fails with [AdminBindException] when the address cannot be had, with a
    /// [dev.waggle.storage.StoreException] when the keys cannot be read: without keys nothing is served.
    public static CompletionStage<AdminServer> start(ActorSystem<?> system, AdminPorts ports, AdminSettings settings) {
        if (!settings.remoteAllowed() && !loopback(settings.host())) {
            return CompletableFuture.failedStage(new AdminBindException(
                    settings.host(), settings.port(), "a loopback address, or remote access allowed by setting"));
        }
        Function<HttpRequest, CompletionStage<HttpResponse>> nothing = request ->
                CompletableFuture.completedStage(HttpResponse.create().withStatus(404));
        return Http.get(system)
                .newServerAt(settings.host(), settings.port())
                .bind(nothing)
                .thenApply(binding -> new AdminServer(binding, settings.host(), Optional.empty()));
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    /// Where it listens, e.g. `http://127.0.0.1:8470`.
    public URI address() {
        return address;
    }

    /// The first key when one had to be made: it exists nowhere else, so show it once.
    public Optional<String> generatedKey() {
        return generatedKey;
    }

    /// Takes no more requests, ends the streams, and waits a little for what is being answered.
    public CompletionStage<Done> stop() {
        return binding.terminate(STOP_MAX).thenApply(_ -> Done.getInstance());
    }
}
