package dev.waggle.deploy.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What manifests say about each other and what no schema knows: that names refer to something, and that a pod is
/// as closed as ours are meant to be.
final class References {
    private static final Pattern QUANTITY = Pattern.compile("\\d+(\\.\\d+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?");
    private final List<JsonNode> manifests;
    private final List<Breach> found = new ArrayList<>();

    private References(List<JsonNode> manifests) {
        this.manifests = manifests;
    }

    static List<Breach> check(List<JsonNode> manifests) {
        References references = new References(manifests);
        references.named("StatefulSet").forEach(references::statefulSet);
        references.selectors();
        references.budgets();
        references.names();
        return references.found;
    }

    private Stream<JsonNode> named(String kind) {
        return manifests.stream().filter(one -> one.path("kind").asText().equals(kind));
    }

    private static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static Set<String> values(JsonNode list, String key) {
        return items(list).map(one -> one.path(key).asText()).collect(Collectors.toCollection(TreeSet::new));
    }

    private void rule(boolean holds, JsonNode manifest, String says) {
        if (!holds) {
            found.add(new Breach(Manifests.name(manifest), says));
        }
    }

    private void statefulSet(JsonNode set) {
        JsonNode pod = set.at("/spec/template/spec");
        Set<String> volumes = values(pod.path("volumes"), "name");
        items(set.at("/spec/volumeClaimTemplates"))
                .forEach(claim -> volumes.add(claim.at("/metadata/name").asText()));
        rule(exists("Service", set.at("/spec/serviceName").asText()), set, "serviceName names no Service");
        rule(exists("ServiceAccount", pod.path("serviceAccountName").asText()), set, "no such ServiceAccount");
        rule(pod.at("/securityContext/runAsNonRoot").asBoolean(), set, "runAsNonRoot is not true");
        rule(
                pod.path("terminationGracePeriodSeconds").asInt() >= 90,
                set,
                "terminationGracePeriodSeconds is shorter than a hand-over");
        items(pod.path("volumes"))
                .filter(volume -> volume.has("configMap"))
                .forEach(volume -> rule(
                        exists("ConfigMap", volume.at("/configMap/name").asText()),
                        set,
                        "volume " + volume.path("name").asText() + " names no ConfigMap"));
        items(pod.path("containers")).forEach(container -> container(set, container, volumes));
        Set<String> used = items(pod.path("containers"))
                .flatMap(container -> values(container.path("volumeMounts"), "name").stream())
                .collect(Collectors.toSet());
        volumes.forEach(volume -> rule(used.contains(volume), set, "volume " + volume + " is mounted nowhere"));
    }

    private void container(JsonNode set, JsonNode container, Set<String> volumes) {
        Set<String> ports = values(container.path("ports"), "name");
        values(container.path("volumeMounts"), "name")
                .forEach(mount -> rule(volumes.contains(mount), set, "no volume named " + mount));
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            String port = container.at("/" + probe + "/httpGet/port").asText();
            rule(ports.contains(port), set, probe + " asks no port of the container: '" + port + "'");
        }
        JsonNode security = container.path("securityContext");
        rule(security.path("readOnlyRootFilesystem").asBoolean(), set, "the root file system can be written");
        rule(!security.path("allowPrivilegeEscalation").asBoolean(true), set, "privileges can be raised");
        rule(security.at("/capabilities/drop/0").asText().equals("ALL"), set, "capabilities are kept");
        rule(
                !container.path("image").asText().matches(".*:latest|[^:@]+"),
                set,
                "the image is not pinned: " + container.path("image").asText());
        rule(container.at("/resources/limits").has("memory"), set, "memory has no limit");
        Stream.of("requests", "limits")
                .flatMap(part -> items(container.at("/resources/" + part)))
                .forEach(amount ->
                        rule(QUANTITY.matcher(amount.asText()).matches(), set, "no quantity: " + amount.asText()));
        items(container.path("env")).forEach(variable -> {
            String name = variable.path("name").asText();
            rule(!name.matches(".*(KEY|PASSWORD)"), set, name + " holds a secret itself (expected: " + name + "_FILE)");
        });
    }

    private boolean exists(String kind, String name) {
        return named(kind).anyMatch(one -> one.at("/metadata/name").asText().equals(name));
    }

    /// Whoever selects pods by labels must find those of the StatefulSet.
    private void selectors() {
        JsonNode labels = named("StatefulSet").findFirst().orElseThrow().at("/spec/template/metadata/labels");
        Stream.of("StatefulSet", "Service", "PodDisruptionBudget", "NetworkPolicy")
                .flatMap(this::named)
                .forEach(one -> {
                    JsonNode selector = Stream.of(
                                    "/spec/selector/matchLabels", "/spec/podSelector/matchLabels", "/spec/selector")
                            .map(one::at)
                            .filter(node -> !node.isMissingNode())
                            .findFirst()
                            .orElseThrow();
                    rule(!selector.isEmpty(), one, "selects everything");
                    selector.properties()
                            .forEach(label -> rule(
                                    label.getValue().equals(labels.path(label.getKey())),
                                    one,
                                    "selects " + label.getKey() + "="
                                            + label.getValue().asText() + ", which no pod has"));
                });
        named("ServiceMonitor").forEach(this::monitored);
        Set<String> ports = named("StatefulSet")
                .flatMap(set -> items(set.at("/spec/template/spec/containers")))
                .flatMap(container -> values(container.path("ports"), "name").stream())
                .collect(Collectors.toSet());
        named("Service")
                .forEach(service -> items(service.at("/spec/ports"))
                        .map(port -> port.path("targetPort").asText())
                        .forEach(port -> rule(ports.contains(port), service, "no container port named " + port)));
        named("NetworkPolicy")
                .flatMap(policy -> items(policy.at("/spec/ingress")).flatMap(rule -> items(rule.path("ports"))))
                .map(port -> port.path("port").asText())
                .filter(port -> !ports.contains(port))
                .forEach(port -> found.add(new Breach("NetworkPolicy", "no container port named " + port)));
    }

    /// Exactly one Service, or each pod is counted twice.
    private void monitored(JsonNode monitor) {
        JsonNode wanted = monitor.at("/spec/selector/matchLabels");
        List<JsonNode> services = named("Service")
                .filter(service -> wanted.properties().stream()
                        .allMatch(label -> label.getValue()
                                .equals(service.at("/metadata/labels").path(label.getKey()))))
                .toList();
        rule(services.size() == 1, monitor, "selects " + services.size() + " Services (expected: one)");
        services.forEach(service -> {
            Set<String> ports = values(service.at("/spec/ports"), "name");
            values(monitor.at("/spec/endpoints"), "port")
                    .forEach(port -> rule(ports.contains(port), monitor, "the Service has no port " + port));
        });
    }

    private void budgets() {
        rule(
                named("PodDisruptionBudget").count() == 1,
                named("StatefulSet").findFirst().orElseThrow(),
                "has no PodDisruptionBudget");
    }

    private void names() {
        Set<String> seen = new TreeSet<>();
        manifests.forEach(one -> rule(seen.add(Manifests.name(one)), one, "stands there twice"));
    }
}
