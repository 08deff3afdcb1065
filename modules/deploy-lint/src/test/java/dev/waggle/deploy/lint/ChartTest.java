package dev.waggle.deploy.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The Helm chart, rendered by Helm and held against the API that it is for.
class ChartTest {
    private static final String FOLDER = "helm/waggle";
    private static final Chart CHART = new Chart(Deploy.file(FOLDER));
    private static final Map<String, String> POD = Map.of("POD_NAME", "bees-waggle-0", "POD_IP", "10.0.0.7");

    private static @Nullable Path values(String name) {
        return name.equals("default") ? null : Deploy.file(FOLDER + "/ci/" + name + ".yaml");
    }

    private static List<Breach> breaches(Chart chart, @Nullable Path values) {
        List<JsonNode> manifests = chart.manifests(values, Map.of());
        List<Breach> found = new ArrayList<>(Manifests.check(manifests));
        found.addAll(References.check(manifests));
        manifests.stream()
                .filter(one -> one.at("/data").has("waggle.conf"))
                .forEach(one -> found.addAll(Settings.check(Manifests.name(one), conf(one), POD)));
        return found;
    }

    private static String conf(JsonNode manifest) {
        return manifest.at("/data").path("waggle.conf").asText();
    }

    private static Config config(String values) {
        return CHART.manifests(values(values), Map.of()).stream()
                .filter(one -> one.at("/data").has("waggle.conf"))
                .map(one -> Settings.read(conf(one), POD))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode one(String values, String kind) {
        return CHART.manifests(values(values), Map.of()).stream()
                .filter(manifest -> manifest.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void helm_finds_nothing_to_say() {
        assertThat(CHART.lint()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "kubernetes", "plain"})
    void every_manifest_is_one_that_kubernetes_takes(String values) {
        assertThat(breaches(CHART, values(values))).isEmpty();
    }

    @Test
    void with_everything_on_every_kind_is_there() {
        assertThat(CHART.manifests(values("kubernetes"), Map.of()))
                .extracting(manifest -> manifest.path("kind").asText())
                .containsExactlyInAnyOrder(
                        "ConfigMap",
                        "ConfigMap",
                        "NetworkPolicy",
                        "PodDisruptionBudget",
                        "PrometheusRule",
                        "Role",
                        "RoleBinding",
                        "Service",
                        "Service",
                        "ServiceAccount",
                        "ServiceMonitor",
                        "StatefulSet");
    }

    @Test
    void static_seeds_are_pods_of_the_set_and_each_pod_names_itself_as_they_do() {
        Config config = config("default");
        assertThat(config.getString("waggle.cluster.seeds").split(",", -1))
                .containsExactly(
                        "bees-waggle-0.bees-waggle-headless.hive.svc.cluster.local:7460",
                        "bees-waggle-1.bees-waggle-headless.hive.svc.cluster.local:7460",
                        "bees-waggle-2.bees-waggle-headless.hive.svc.cluster.local:7460");
        assertThat(config.getString("waggle.cluster.host"))
                .isEqualTo("bees-waggle-0.bees-waggle-headless.hive.svc.cluster.local");
        assertThat(one("default", "StatefulSet").at("/metadata/name").asText()).isEqualTo("bees-waggle");
        assertThat(one("default", "StatefulSet").at("/spec/serviceName").asText())
                .isEqualTo("bees-waggle-headless");
    }

    @Test
    void bootstrap_looks_for_pods_by_the_labels_and_the_port_that_they_have() {
        Config config = config("kubernetes").getConfig("waggle.cluster");
        assertThat(config.hasPath("seeds")).isFalse();
        assertThat(config.getString("bootstrap")).isEqualTo("kubernetes");
        JsonNode pod = one("kubernetes", "StatefulSet").at("/spec/template");
        String selector = config.getString("kubernetes.label-selector");
        for (String label : selector.split(",", -1)) {
            String[] pair = label.split("=", -1);
            assertThat(pod.at("/metadata/labels").path(pair[0]).asText()).isEqualTo(pair[1]);
        }
        assertThat(pod.at("/spec/containers/0/ports").findValuesAsText("name"))
                .contains(config.getString("kubernetes.port-name"));
        assertThat(pod.at("/spec/automountServiceAccountToken").asBoolean()).isTrue();
        assertThat(one("default", "StatefulSet")
                        .at("/spec/template/spec/automountServiceAccountToken")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void the_rules_are_those_of_the_alert_file_with_pages_where_the_operator_has_them() {
        JsonNode rule = one("kubernetes", "PrometheusRule");
        JsonNode file = Yaml.document("alerts/waggle.yaml", Deploy.text("alerts/waggle.yaml"));
        assertThat(rule.at("/spec/groups").findValuesAsText("alert"))
                .isNotEmpty()
                .isEqualTo(file.path("groups").findValuesAsText("alert"));
        assertThat(rule.at("/spec/groups").findValuesAsText("runbook_url"))
                .allMatch(url -> url.startsWith("https://docs.example.com/waggle/runbooks/"));
        assertThat(Deploy.text(FOLDER + "/files/alerts.yaml"))
                .as("helm packs only what lies in the chart: copy alerts/waggle.yaml to files/alerts.yaml")
                .isEqualTo(Deploy.text("alerts/waggle.yaml"));
        assertThat(Deploy.text(FOLDER + "/files/dashboard.json"))
                .as("copy grafana/waggle.json to files/dashboard.json")
                .isEqualTo(Deploy.text("grafana/waggle.json"));
    }

    @Test
    void nothing_but_names_of_secrets_is_in_it() {
        assertThat(CHART.render(values("kubernetes"), Map.of())).doesNotContain("kind: Secret");
    }

    @Test
    void an_api_in_the_clear_must_be_asked_for() {
        assertThatThrownBy(() -> CHART.render(null, Map.of("api.tls.existingSecret", "")))
                .hasMessageContaining("set api.allowPlaintext");
        assertThat(config("plain").getBoolean("waggle.http.allow-remote")).isTrue();
        assertThat(config("default").hasPath("waggle.http.allow-remote")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "replicas,0",
        "replicaCount,3",
        "cluster.discovery,dns",
        "cassandra.keyspace,Waggle",
        "image.digest,sha256:abc",
        "terminationGracePeriodSeconds,10",
    })
    void a_value_that_cannot_be_is_refused_by_the_schema(String key, String value) {
        assertThatThrownBy(() -> CHART.render(null, Map.of(key, value)))
                .hasMessageContaining("values don't meet the specifications of the schema");
    }

    /// Each line spoils one thing.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "statefulset.yaml | readinessProbe:        | readynessProbe:      | readynessProbe",
                "statefulset.yaml | - name: waggle         | - nam: waggle        | nam",
                "statefulset.yaml | periodSeconds: 3       | periodSeconds: often | often",
                "statefulset.yaml | port: management       | port: managment      | asks no port",
                "statefulset.yaml | - name: tmp            | - name: temp         | no volume named",
                "statefulset.yaml | readOnlyRootFilesystem: true | readOnlyRootFilesystem: false | can be written",
                "statefulset.yaml | WAGGLE_ADMIN_KEY_FILE  | WAGGLE_ADMIN_KEY     | holds a secret itself",
                "services.yaml    | targetPort: api        | targetPort: http     | no container port named http",
                "services.yaml    | app.kubernetes.io/component: api | app.kubernetes.io/component: x | selects 0 Services",
                "monitoring.yaml  | scheme:                | schema:              | schema",
                "monitoring.yaml  | - port: api            | - port: apo          | has no port apo",
                "poddisruptionbudget.yaml | maxUnavailable | maxUnavailabel       | maxUnavailabel",
                "access.yaml      | roleRef:               | roleRefs:            | roleRef",
                "networkpolicy.yaml | - port: members      | - port: member       | no container port named member",
                "configmap.yaml   | stable-after           | stabel-after         | waggle.cluster.stabel-after is a setting",
                "configmap.yaml   | ${POD_NAME}            | ${POD_NAM}           | POD_NAM",
            })
    void a_chart_that_is_spoilt_is_found_out(String file, String from, String to, String says, @TempDir Path folder)
            throws IOException {
        Path copy = Deploy.copy(FOLDER, folder.resolve("waggle"));
        Path template = copy.resolve("templates").resolve(file);
        String text = Files.readString(template);
        assertThat(text).contains(from);
        Files.writeString(
                template,
                text.replaceFirst(java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to)));
        Path values = copy.resolve("ci/kubernetes.yaml");
        assertThat(breaches(new Chart(copy), values))
                .extracting(Breach::toString)
                .anyMatch(breach -> breach.contains(says));
    }

    @Test
    void a_template_that_is_no_yaml_is_found_out(@TempDir Path folder) throws IOException {
        Path copy = Deploy.copy(FOLDER, folder.resolve("waggle"));
        Path template = copy.resolve("templates/services.yaml");
        Files.writeString(template, Files.readString(template).replace("metadata:\n", "metadata:\n  kind: [\n"));
        assertThat(new Chart(copy).lint()).isNotEmpty();
        Files.writeString(template, "a: 1\na: 2\n");
        assertThatThrownBy(() -> new Chart(copy).manifests(null, Map.of())).isInstanceOf(RuntimeException.class);
    }
}
