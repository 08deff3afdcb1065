package dev.waggle.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.waggle.noise.RootKey;
import dev.waggle.platform.admin.AdminServer;
import dev.waggle.platform.admin.AdminSettings;
import dev.waggle.simulator.Simulator;
import dev.waggle.simulator.SimulatorSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands as processes of their own, as an operator types them.
class CommandsTest {
    private static final String KEY = "operators-key";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path data;

    private static Simulator simulator;
    private static Node node;
    private static AdminServer admin;

    @BeforeAll
    static void start() {
        simulator = Simulator.start(SimulatorSettings.DEFAULT);
        node = Node.start(new NodeSettings(
                simulator.ws(), new RootKey(simulator.rootKey()), "memory", data.resolve("node"), "Waggle test"));
        admin = AdminServer.start(node.system(), node.adminPorts(), AdminSettings.of("127.0.0.1", 0, KEY))
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void stop() {
        admin.stop().toCompletableFuture().join();
        assertThat(node.deadLetters()).as("dead letters").isZero();
        node.close();
        simulator.close();
    }

    @Test
    void an_account_is_made_paired_heard_and_removed() throws Exception {
        String contact = phone("/contacts", Map.of("name", "Bea")).path("pn").asText();
        String phone = phone("/contacts", Map.of("name", "Bot")).path("pn").asText();
        assertThat(ended("account", "put", "a1", "--push-name=Bot", "--label=test", to(admin)))
                .satisfies(Ran::well);

        Process pairing = begin(KEY, "pair", "a1", "--phone=+" + phone, to(admin));
        try (BufferedReader lines = pairing.inputReader()) {
            String shown = lines.readLine();
            assertThat(shown).startsWith("enter on the phone: ");
            phone("/mock-phone/enter-code", Map.of("phone", phone, "code", shown.substring(20)));
            assertThat(lines.readLine()).isEqualTo("paired");
        }
        assertThat(pairing.waitFor()).isZero();

        Ran sent = ended("send", "a1", "+" + contact, "good day", "--wait=30", to(admin));
        assertThat(sent).satisfies(Ran::well);
        String id = JSON.readTree(sent.out()).path("id").asText();
        assertThat(ended("events", "a1", "--types=message.sent", to(admin)).out())
                .contains(id);
        String at = Instant.now().plus(Duration.ofHours(1)).toString();
        Ran later = ended("send", "a1", "+" + contact, "good night", "--at=" + at, to(admin));
        String waiting = JSON.readTree(later.out()).path("id").asText();
        assertThat(ended("cancel", "a1", waiting, to(admin))).satisfies(Ran::well);
        assertThat(ended("cancel", "a1", id, to(admin))).satisfies(refused("send-not-cancellable"));
        assertThat(ended("events", "a1", "--types=message.failed", to(admin)).out())
                .contains(waiting)
                .contains("cancelled");
        // Before the name of the subcommand, as its help says, or after it, as one types.
        assertThat(ended("account", to(admin), "list").out()).contains("\"ONLINE\"");
        assertThat(ended("account", "stop", "a1", to(admin))).satisfies(Ran::well);
        assertThat(ended("account", "delete", "a1", to(admin))).satisfies(Ran::well);
        assertThat(ended("account", "show", "a1", to(admin))).satisfies(refused("account-not-found"));
        assertThat(ended("events", "a1", "--follow", to(admin))).satisfies(refused("account-not-found"));
    }

    @Test
    void a_webhook_is_made_listed_moved_and_removed() throws Exception {
        assertThat(ended("account", "put", "w1", to(admin))).satisfies(Ran::well);
        Ran made =
                ended("webhook", "create", "https://hooks.example.com/", "--account=w1", "--header=X-A=b", to(admin));
        assertThat(made).satisfies(Ran::well);
        assertThat(made.out()).contains("whsec_");
        String id = JSON.readTree(made.out()).path("id").asText();
        assertThat(ended("webhook", "list", to(admin)).out()).contains(id).doesNotContain("whsec_");
        assertThat(ended("webhook", "cursors", id, to(admin)).out()).contains("\"account\":\"w1\"");
        assertThat(ended("webhook", "redeliver", id, "w1.1", to(admin))).satisfies(refused("dead-letter-not-found"));
        assertThat(ended("webhook", "delete", id, to(admin))).satisfies(Ran::well);
    }

    @Test
    void a_mistake_is_told_in_a_line() throws Exception {
        assertThat(ended("account", "show", "nobody", to(admin))).satisfies(refused("account-not-found"));
        assertThat(ended("account", "show", "nobody", "--node=http://127.0.0.1:1"))
                .satisfies(refused("no node at http://127.0.0.1:1"));
        Ran keyless = read(begin("", "account", "list", to(admin)));
        assertThat(keyless.code()).isEqualTo(2);
        assertThat(keyless.err()).startsWith("WAGGLE_ADMIN_KEY is not set");
    }

    @Test
    void following_goes_on_after_the_last_event_when_the_connection_is_lost() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer cutting = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        cutting.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getQuery());
            switch (asked.size()) {
                case 1 -> event(exchange, 7);
                case 2 -> problem(exchange, 503, "unavailable");
                case 3 -> event(exchange, 8);
                default -> problem(exchange, 404, "account-not-found");
            }
        });
        cutting.start();
        try {
            Ran followed = ended(
                    "events",
                    "a1",
                    "--follow",
                    "--after=5",
                    "--node=http://127.0.0.1:" + cutting.getAddress().getPort());
            assertThat(followed.out().lines()).containsExactly("{\"sequence\":7}", "{\"sequence\":8}");
            assertThat(asked).containsExactly(after(5), after(7), after(7), after(8));
            assertThat(followed.code()).isEqualTo(1);
        } finally {
            cutting.stop(0);
        }
    }

    private static String after(long sequence) {
        return "limit=500&after=" + sequence;
    }

    /// One event, and then nothing but the end of the connection.
    private static void event(HttpExchange exchange, long sequence) throws IOException {
        exchange.sendResponseHeaders(200, 1_000);
        exchange.getResponseBody().write(("data:{\"sequence\":" + sequence + "}\n\n").getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        exchange.close();
    }

    private static void problem(HttpExchange exchange, int status, String code) throws IOException {
        byte[] body = ("{\"type\":\"urn:waggle:problem:" + code + "\"}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private record Ran(int code, String out, String err) {
        void well() {
            assertThat(code).as(err).isZero();
        }
    }

    /// Exit 1 and one line that says so.
    private static java.util.function.Consumer<Ran> refused(String why) {
        return ran -> {
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err().lines()).singleElement().asString().contains(why);
        };
    }

    private static String to(AdminServer server) {
        return "--node=" + server.address();
    }

    private static Ran ended(String... arguments) throws Exception {
        return read(begin(KEY, arguments));
    }

    private static Ran read(Process process) throws Exception {
        String out = String.join("\n", process.inputReader().readAllLines());
        String err = String.join("\n", process.errorReader().readAllLines());
        return new Ran(process.waitFor(), out, err);
    }

    private static Process begin(String key, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("WAGGLE_ADMIN_KEY", key);
        return builder.start();
    }

    private static JsonNode phone(String path, Map<String, String> body) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(simulator.admin() + path))
                            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
            return JSON.readTree(answer.body());
        }
    }
}
