package dev.waggle.platform.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import dev.waggle.address.AccountId;
import dev.waggle.noise.RootKey;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.boot.Node;
import dev.waggle.platform.boot.NodeSettings;
import dev.waggle.simulator.Simulator;
import dev.waggle.simulator.SimulatorSettings;
import dev.waggle.storage.control.AccountRow;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.memory.MemoryProvider;
import dev.waggle.transport.Egress;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;

/// A simulated server, a node in memory, and the admin API over it, spoken to over real HTTP.
final class Desk implements AutoCloseable {
    static final String KEY = "the-operators-own-key";
    private static final ObjectMapper JSON = new ObjectMapper();

    final Simulator simulator;
    final Node node;
    final AdminServer server;
    final List<String> unready = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    Desk(Path data, AdminSettings settings) throws Exception {
        this(data, settings, Map.of());
    }

    /// @param keys of the node's configuration
    Desk(Path data, AdminSettings settings, Map<String, ?> keys) throws Exception {
        this(data, settings, keys, SimulatorSettings.DEFAULT, Simulator::ws);
    }

    /// @param socket which of the server's addresses accounts connect to
    Desk(
            Path data,
            AdminSettings settings,
            Map<String, ?> keys,
            SimulatorSettings simulated,
            Function<Simulator, URI> socket)
            throws Exception {
        simulator = Simulator.start(simulated);
        Path authority = Files.writeString(data.resolve("ca.pem"), simulator.caPem());
        node = Node.start(new NodeSettings(
                        socket.apply(simulator), new RootKey(simulator.rootKey()), "memory", data, "Waggle test")
                .via(new Egress(null, authority, null))
                .with(ConfigFactory.parseMap(keys)));
        server = start(settings);
    }

    AdminServer start(AdminSettings settings) throws Exception {
        return start(ports(), settings);
    }

    AdminServer start(AdminPorts ports, AdminSettings settings) throws Exception {
        return AdminServer.start(node.system(), ports, settings)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    /// The same node, with nobody who may call yet.
    static AdminPorts withEmptyControl(AdminPorts ports) {
        return withControl(ports, new MemoryProvider().control());
    }

    static AdminPorts withControl(AdminPorts ports, ControlStore control) {
        return new AdminPorts(
                ports.accounts(),
                ports.outbound(),
                ports.events(),
                ports.spool(),
                ports.webhooks(),
                ports.members(),
                ports.budget(),
                ports.version(),
                control,
                ports.plugins(),
                ports.unready(),
                ports.meters(),
                ports.runtime(),
                ports.random(),
                ports.clock());
    }

    AdminPorts ports() {
        return new AdminPorts(
                new AdminPorts.Accounts() {
                    @Override
                    public <T> CompletionStage<Answer<T>> ask(
                            AccountId account, Function<ActorRef<Answer<T>>, AccountCommand> command) {
                        return node.ask(account, command);
                    }

                    @Override
                    public CompletionStage<Answer<Done>> restart(AccountId account) {
                        return node.adminPorts().accounts().restart(account);
                    }

                    @Override
                    public void tell(AccountId account, AccountCommand command) {
                        var _ = node.<Object>ask(account, ignored -> command);
                    }

                    @Override
                    public List<AccountRow> known(String after, int limit) {
                        return node.directory().page(after, limit);
                    }
                },
                node::outbound,
                node.events(),
                node.adminPorts().spool(),
                node.webhooks(),
                node.members(),
                node.adminPorts().budget(),
                node.adminPorts().version(),
                node.control(),
                node.plugins().names(),
                () -> List.copyOf(unready),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                node.adminPorts().runtime(),
                new SecureRandom(),
                Clock.systemUTC());
    }

    /// A request with the key, to be finished by the caller.
    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(server.address() + path)).header("Authorization", "Bearer " + KEY);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest request) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<byte[]> bytes(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(to(path).GET());
    }

    HttpResponse<String> call(String method, String path, String body) throws Exception {
        return send(body(method, path, body));
    }

    HttpRequest.Builder body(String method, String path, String body) {
        return to(path).header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    /// Reads a stream line by line; leaving the block closes it.
    HttpResponse<java.io.InputStream> stream(HttpRequest.Builder request) throws Exception {
        return http.send(
                request.header("Accept", "text/event-stream").build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    static JsonNode json(HttpResponse<String> response) throws Exception {
        return JSON.readTree(response.body());
    }

    static JsonNode json(String text) throws Exception {
        return JSON.readTree(text);
    }

    String simulate(String path, String body) throws Exception {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(simulator.admin() + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException("simulator: " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    /// What a contact received and sent, as JSON.
    String heard(String contact) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(
                                        URI.create(simulator.admin() + "/contacts/" + contact + "/messages?after=0"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        try {
            server.stop().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
            assertThat(node.deadLetters()).as("dead letters").isZero();
        } finally {
            node.close();
            simulator.close();
            // Not close(): that waits for answers that nobody reads any more.
            http.shutdownNow();
        }
    }
}
