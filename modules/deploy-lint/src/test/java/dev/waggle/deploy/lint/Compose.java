package dev.waggle.deploy.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What a compose file says about itself and about files beside it, and what its services are held to.
final class Compose {
    private static final Pattern PINNED = Pattern.compile(".+:v?\\d+\\.\\d+\\.\\d+[\\w.+-]*|.+@sha256:[0-9a-f]{64}");
    private static final Set<String> OPEN_TO_OTHERS = Set.of("", "0.0.0.0");

    private final Path folder;
    private final JsonNode file;
    private final Set<String> made;
    private final List<Breach> found = new ArrayList<>();

    private Compose(Path folder, JsonNode file, Set<String> made) {
        this.folder = folder;
        this.file = file;
        this.made = made;
    }

    /// @param folder where the file lies
    /// @param made secrets that a script makes
    static List<Breach> check(Path folder, JsonNode file, Set<String> made) {
        Compose compose = new Compose(folder, file, made);
        file.path("services").properties().forEach(one -> compose.service(one.getKey(), merged(file, one.getValue())));
        compose.unused();
        return compose.found;
    }

    /// What `<<` brings along; the parser leaves it as it stands.
    static JsonNode merged(JsonNode file, JsonNode node) {
        if (!node.isObject()) {
            return node;
        }
        com.fasterxml.jackson.databind.node.ObjectNode all =
                com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        if (node.has("<<")) {
            JsonNode base = node.get("<<");
            merged(file, base.isTextual() ? anchored(file, base.asText()) : base)
                    .properties()
                    .forEach(one -> all.set(one.getKey(), one.getValue()));
        }
        node.properties().stream()
                .filter(one -> !one.getKey().equals("<<"))
                .forEach(one -> all.set(one.getKey(), merged(file, one.getValue())));
        return all;
    }

    private static JsonNode anchored(JsonNode file, String anchor) {
        JsonNode named = file.path("x-" + anchor);
        if (named.isMissingNode()) {
            throw new IllegalArgumentException("compose.yaml: nothing is named " + anchor);
        }
        return named;
    }

    private void rule(boolean holds, String service, String says) {
        if (!holds) {
            found.add(new Breach("compose.yaml", service + ": " + says));
        }
    }

    private static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private void service(String name, JsonNode service) {
        rule(PINNED.matcher(service.path("image").asText()).matches(), name, "the image is not pinned");
        rule(service.has("mem_limit"), name, "memory has no limit");
        rule(service.has("restart"), name, "nothing starts it again");
        rule(
                !service.at("/build/dockerfile").isTextual()
                        || Files.exists(
                                folder.resolve(service.at("/build/context").asText())
                                        .resolve(service.at("/build/dockerfile").asText())),
                name,
                "no such container file");
        dependencies(name, service.path("depends_on"));
        items(service.path("networks"))
                .map(JsonNode::asText)
                .forEach(network -> rule(file.at("/networks").has(network), name, "no network " + network));
        items(service.path("volumes")).map(JsonNode::asText).forEach(volume -> volume(name, volume));
        items(service.path("secrets"))
                .map(secret -> secret.isTextual()
                        ? secret.asText()
                        : secret.path("source").asText())
                .forEach(secret -> rule(file.at("/secrets").has(secret), name, "no secret " + secret));
        items(service.path("ports"))
                .map(JsonNode::asText)
                .map(port -> port.split(":", -1).length > 2 ? port.split(":", -1)[0] : "")
                .forEach(host -> rule(!OPEN_TO_OTHERS.contains(host), name, "a port that all the world reaches"));
        service.path("environment").properties().forEach(variable -> {
            boolean secret = variable.getKey().matches(".*(KEY|PASSWORD|SECRET)");
            rule(!secret, name, variable.getKey() + " holds a secret itself");
            Path given = Path.of(variable.getValue().asText());
            if (given.startsWith("/run/secrets")) {
                rule(secrets(service).contains(given.getFileName().toString()), name, "is not given " + given);
            }
        });
        if (service.has("build")) {
            node(name, service);
        }
    }

    private void dependencies(String name, JsonNode dependencies) {
        dependencies.properties().forEach(one -> {
            JsonNode other = merged(file, file.at("/services").path(one.getKey()));
            rule(!other.isMissingNode() && !other.isEmpty(), name, "no service " + one.getKey());
            rule(
                    !one.getValue().path("condition").asText().equals("service_healthy") || other.has("healthcheck"),
                    name,
                    one.getKey() + " has no health check to wait for");
        });
    }

    private static Set<String> secrets(JsonNode service) {
        Set<String> names = new TreeSet<>();
        items(service.path("secrets"))
                .forEach(secret -> names.add(
                        secret.isTextual()
                                ? secret.asText()
                                : secret.path("target")
                                        .asText(secret.path("source").asText())));
        return names;
    }

    private void volume(String name, String volume) {
        String source = volume.split(":", 2)[0];
        if (source.startsWith(".")) {
            rule(Files.exists(folder.resolve(source)), name, "no file " + source);
            rule(volume.endsWith(":ro"), name, source + " can be written");
        } else {
            rule(file.at("/volumes").has(source), name, "no volume " + source);
        }
    }

    private void node(String name, JsonNode node) {
        rule(node.path("read_only").asBoolean(), name, "its file system can be written");
        rule(node.at("/cap_drop/0").asText().equals("ALL"), name, "capabilities are kept");
        rule(node.at("/healthcheck/test/0").asText().equals("CMD"), name, "has no health check without a shell");
        rule(
                node.path("stop_grace_period").asText().matches("[2-9]m|9\\ds|1\\d\\ds"),
                name,
                "is killed before its accounts are handed over");
        rule(node.at("/environment/NODE_NAME").asText().equals(name), name, "is not called what it is");
        rule(node.path("hostname").asText().equals(name), name, "has another host name");
    }

    private void unused() {
        String text = file.at("/services").toString();
        Stream.of("volumes", "secrets")
                .flatMap(part -> file.path(part).properties().stream().map(Map.Entry::getKey))
                .filter(name -> !text.contains("\"" + name))
                .forEach(name -> found.add(new Breach("compose.yaml", name + " is used by nobody")));
        file.path("secrets").properties().forEach(secret -> {
            String path = secret.getValue().path("file").asText();
            rule(
                    made.contains(path.substring(path.lastIndexOf('/') + 1)),
                    secret.getKey(),
                    path + " is a file that compose/certificates does not make");
        });
    }
}
