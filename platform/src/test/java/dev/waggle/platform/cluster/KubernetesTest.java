package dev.waggle.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes that have nothing but what Kubernetes gives a pod: the address of its API, its authority and a token.
class KubernetesTest {
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    @Test
    void pods_find_each_other_through_the_api_and_begin_one_cluster(@TempDir Path folder) throws Exception {
        List<String> pods = addresses(2);
        Certificates certificates = new Certificates(folder);
        Files.writeString(folder.resolve("token"), "a token");
        HttpsServer api = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.setHttpsConfigurator(new HttpsConfigurator(certificates.server("127.0.0.1")));
        api.createContext("/", exchange -> answer(exchange, pods));
        api.start();
        Process process = process(folder, api.getAddress().getPort(), pods);
        try {
            assertThat(said(process.inputReader())).containsExactly("eldest 1", "members 2");
        } finally {
            process.getOutputStream().close();
            boolean ended = process.waitFor(30, TimeUnit.SECONDS);
            process.destroyForcibly();
            api.stop(0);
            assertThat(ended).isTrue();
        }
        assertThat(asked)
                .isNotEmpty()
                .allMatch("/api/v1/namespaces/bees/pods?labelSelector=app%3Dbee Bearer a token"::equals);
    }

    private static List<String> said(java.io.BufferedReader out) throws IOException {
        List<String> said = new ArrayList<>();
        String line = out.readLine();
        while (line != null && said.size() < 2) {
            if (line.startsWith("eldest ") || line.startsWith("members ")) {
                said.add(line);
            }
            line = said.size() < 2 ? out.readLine() : null;
        }
        return said;
    }

    private static Process process(Path folder, int port, List<String> pods) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Pods.class.getName(),
                folder.toString()));
        command.addAll(pods);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KUBERNETES_SERVICE_HOST", "127.0.0.1");
        builder.environment().put("KUBERNETES_SERVICE_PORT", Integer.toString(port));
        return builder.start();
    }

    private void answer(HttpExchange exchange, List<String> pods) throws IOException {
        asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization"));
        String items = pods.stream().map(KubernetesTest::pod).collect(Collectors.joining(","));
        byte[] body = ("{\"items\": [" + items + "]}").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String pod(String address) {
        String[] parts = address.split(":", 2);
        return """
                {"metadata": {"name": "bee", "labels": {"app": "bee"}},
                 "spec": {"containers": [{"name": "waggle", "ports": [
                   {"name": "http", "containerPort": 8470}, {"name": "management", "containerPort": %s}]}]},
                 "status": {"podIP": "%s", "phase": "Running",
                   "containerStatuses": [{"name": "waggle", "state": {"running": {}}}]}}
                """.formatted(parts[1], parts[0]);
    }

    /// As pods have them; nobody else on this machine takes ports there.
    private static List<String> addresses(int count) throws IOException {
        Random random = new Random();
        String net = "127." + (16 + random.nextInt(200)) + "." + (1 + random.nextInt(250)) + ".";
        List<String> all = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(net + i))) {
                all.add(net + i + ":" + free.getLocalPort());
            }
        }
        return all;
    }
}
