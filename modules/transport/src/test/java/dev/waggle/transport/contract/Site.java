package dev.waggle.transport.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// A web server on loopback (the JDK's) that remembers what it was asked.
///
/// Paths: `/bytes/N` sends N bytes, `/echo` what came in, `/status/N` that status, `/to/STATUS?URI` redirects,
/// anything else its own path.
final class Site implements AutoCloseable {
    @SuppressWarnings("ArrayRecordComponent")
    record Asked(String method, String path, com.sun.net.httpserver.Headers headers, byte[] body, int fromPort) {}

    final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Site(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    static Site plain() throws IOException {
        return new Site(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), "http");
    }

    static Site secure(SSLContext context, boolean wantsClient) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters chosen = getSSLContext().getDefaultSSLParameters();
                chosen.setNeedClientAuth(wantsClient);
                parameters.setSSLParameters(chosen);
            }
        });
        return new Site(server, "https");
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI at(String path) {
        return URI.create(scheme + "://localhost:" + port() + path);
    }

    /// The same place under another name.
    URI elsewhere(String path) {
        return URI.create(scheme + "://127.0.0.1:" + port() + path);
    }

    List<Asked> asked(String path) {
        return asked.stream().filter(each -> each.path().equals(path)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    path,
                    exchange.getRequestHeaders(),
                    body,
                    exchange.getRemoteAddress().getPort()));
            List<String> words = List.of(path.substring(1).split("/"));
            switch (words.getFirst()) {
                case "bytes" -> send(exchange, 200, bytes(Integer.parseInt(words.get(1))));
                case "echo" -> send(exchange, 200, body);
                case "status" -> send(exchange, Integer.parseInt(words.get(1)), new byte[0]);
                case "to" -> {
                    exchange.getResponseHeaders()
                            .set("Location", exchange.getRequestURI().getQuery());
                    send(exchange, Integer.parseInt(words.get(1)), new byte[0]);
                }
                default -> send(exchange, 200, path.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /// The same for everybody who knows how many.
    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new java.util.Random(count).nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
