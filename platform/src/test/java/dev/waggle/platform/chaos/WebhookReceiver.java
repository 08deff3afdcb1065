package dev.waggle.platform.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A receiver that can be killed: a process of its own, which writes down what it takes before it says so.
public final class WebhookReceiver {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path book;
    private volatile String mood = "ok";

    private WebhookReceiver(Path book) {
        this.book = book;
    }

    /// Arguments: the book, and the port (0: any). Prints the port when it listens.
    public static void main(String... arguments) throws IOException {
        WebhookReceiver receiver = new WebhookReceiver(Path.of(arguments[0]));
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1])), 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/hook", receiver::deliver);
        server.createContext("/mood/", receiver::change);
        server.start();
        System.out.println(server.getAddress().getPort());
    }

    private void change(HttpExchange exchange) throws IOException {
        try (exchange) {
            mood = exchange.getRequestURI().getPath().substring("/mood/".length());
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private void deliver(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode event = JSON.readTree(exchange.getRequestBody().readAllBytes());
            switch (mood) {
                case "slow" -> {
                    pause(100);
                    taken(exchange, event);
                }
                case "error" -> exchange.sendResponseHeaders(500, -1);
                case "hang" -> pause(60_000);
                default -> taken(exchange, event);
            }
        }
    }

    private static void pause(int millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void taken(HttpExchange exchange, JsonNode event) throws IOException {
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String line = event.path("sequence").asLong() + "\t" + id + "\t"
                + event.at("/data/chat/jid").asText("") + "\n";
        synchronized (this) {
            Files.writeString(book, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        exchange.sendResponseHeaders(200, -1);
    }
}
