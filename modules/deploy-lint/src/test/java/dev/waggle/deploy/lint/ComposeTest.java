package dev.waggle.deploy.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The compose file with everything that it mounts. No container engine is asked.
class ComposeTest {
    private static final Map<String, String> NODE = Map.of("NODE_NAME", "waggle-2");

    @TempDir
    private static Path secrets;

    /// The script runs for real: what it makes is looked at below.
    @BeforeAll
    static void certificates() throws Exception {
        Process script = new ProcessBuilder(Deploy.file("compose/certificates").toString(), secrets.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(script.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(script.waitFor()).as(said).isZero();
    }

    private static List<Breach> breaches(String text) {
        return Compose.check(Deploy.file("."), Yaml.document("compose.yaml", text), made());
    }

    private static Set<String> made() {
        try (Stream<Path> files = Files.list(secrets)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> schema(Path file) {
        List<String> found = new ArrayList<>();
        Foreign.ask(Map.of("composes", List.of(file.toString())))
                .at("/composes/0")
                .forEach(said -> found.add(said.asText()));
        return found;
    }

    @Test
    void the_compose_file_is_sound() {
        assertThat(breaches(Deploy.text("compose.yaml"))).isEmpty();
    }

    @Test
    void it_is_one_by_the_compose_specification() {
        assumeThat(Foreign.missing()).isEmpty();
        assertThat(schema(Deploy.file("compose.yaml"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"restart:, restrat:", "mem_limit: 1g, mem_limit: [1]", "services:, servises:"})
    void what_the_specification_does_not_know_is_found_out(String from, String to, @TempDir Path folder)
            throws IOException {
        assumeThat(Foreign.missing()).isEmpty();
        Path file = folder.resolve("compose.yaml");
        Files.writeString(file, Deploy.text("compose.yaml").replace(from, to));
        assertThat(schema(file)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cassandra:5.0.5       | cassandra:5          | the image is not pinned",
                "mem_limit: 1g         | init: true           | memory has no limit",
                "restart: on-failure   | tty: false           | nothing starts it again",
                "dockerfile: deploy/Containerfile | dockerfile: Dockerfile | no such container file",
                "prometheus:\\n        condition | promeheus:\\n        condition | no service promeheus",
                "condition: service_started | condition: service_healthy | has no health check to wait for",
                "- waggle-1:/var/lib   | - waggle-4:/var/lib  | no volume waggle-4",
                "./compose/waggle.conf | ./compose/wagle.conf | no file ./compose/wagle.conf",
                "waggle.conf:ro        | waggle.conf          | can be written",
                "source: waggle-1.key  | source: waggle-4.key | no secret waggle-4.key",
                "- \"127.0.0.1:         | - \"                 | all the world reaches",
                "WAGGLE_ADMIN_KEY_FILE | WAGGLE_ADMIN_KEY     | holds a secret itself",
                "/run/secrets/master-key | /run/secrets/master | is not given",
                "read_only: true       | tty: true            | its file system can be written",
                "stop_grace_period: 2m | stop_grace_period: 10s | is killed before",
                "NODE_NAME: waggle-3   | NODE_NAME: waggle-2  | is not called what it is",
                "secrets/cassandra.p12 | secrets/cassandra.jks | does not make",
                "networks: [waggle]    | networks: [bees]     | no network bees",
            })
    void a_compose_file_that_is_spoilt_is_found_out(String from, String to, String says) {
        String text = Deploy.text("compose.yaml");
        String before = from.replace("\\n", "\n");
        assertThat(text).contains(before);
        assertThat(breaches(text.replace(before, to.replace("\\n", "\n"))))
                .extracting(Breach::toString)
                .anyMatch(breach -> breach.contains(says));
    }

    @Test
    void the_nodes_read_every_setting_that_they_are_given() {
        String conf = Deploy.text("compose/waggle.conf");
        assertThat(Settings.check("compose/waggle.conf", conf, NODE)).isEmpty();
        assertThat(Settings.check("compose/waggle.conf", conf.replace("seeds", "seds"), NODE))
                .singleElement()
                .asString()
                .contains("waggle.cluster.seds");
        assertThat(Settings.check("compose/waggle.conf", conf, Map.of())).isNotEmpty();
    }

    @Test
    void files_that_nodes_are_told_of_are_given_to_them() {
        JsonNode file = Yaml.document("compose.yaml", Deploy.text("compose.yaml"));
        Config config = Settings.read(Deploy.text("compose/waggle.conf"), NODE);
        Set<String> named = config.entrySet().stream()
                .map(entry -> String.valueOf(entry.getValue().unwrapped()))
                .filter(value -> value.startsWith("/run/secrets/"))
                .map(value -> value.substring("/run/secrets/".length()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).contains("node.crt", "node.key", "ca.crt");
        Set<String> services = new TreeSet<>();
        for (String seed : config.getString("waggle.cluster.seeds").split(",", -1)) {
            String service = seed.substring(0, seed.indexOf(':'));
            services.add(service);
            JsonNode given = file.at("/services/" + service + "/secrets");
            List<String> targets = new ArrayList<>();
            given.forEach(one -> targets.add(
                    one.isTextual() ? one.asText() : one.path("target").asText()));
            assertThat(targets).as(service).containsAll(named);
        }
        assertThat(services).containsExactly("waggle-1", "waggle-2", "waggle-3");
    }

    @Test
    void cassandra_answers_only_whom_it_knows_and_after_it_synced() {
        JsonNode yaml = Yaml.document("compose/cassandra.yaml", Deploy.text("compose/cassandra.yaml"));
        assertThat(yaml.path("commitlog_sync").asText()).isEqualTo("batch");
        assertThat(yaml.path("authenticator").asText()).isEqualTo("PasswordAuthenticator");
        assertThat(yaml.path("authorizer").asText()).isEqualTo("CassandraAuthorizer");
        assertThat(yaml.at("/client_encryption_options/enabled").asBoolean()).isTrue();
        assertThat(yaml.at("/client_encryption_options/optional").asBoolean(true))
                .isFalse();
    }

    @Test
    void every_certificate_is_of_the_one_authority_and_says_whose_it_is() throws Exception {
        X509Certificate authority = certificate("ca.crt");
        for (int node = 1; node <= 3; node++) {
            X509Certificate own = certificate("waggle-" + node + ".crt");
            own.verify(authority.getPublicKey());
            own.checkValidity();
            assertThat(own.getSubjectX500Principal().getName()).isEqualTo("CN=waggle-cluster");
            assertThat(own.getSubjectAlternativeNames().toString())
                    .contains("waggle-" + node, "localhost", "127.0.0.1");
            assertThat(own.getPublicKey().getAlgorithm()).isEqualTo("RSA");
            assertThat(secret("waggle-" + node + ".key")).startsWith("-----BEGIN PRIVATE KEY-----");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(secrets.resolve("cassandra.p12"))) {
            store.load(in, "waggle".toCharArray());
        }
        assertThat(store.isKeyEntry("cassandra")).isTrue();
        ((X509Certificate) store.getCertificate("cassandra")).verify(authority.getPublicKey());
        assertThat(secret("master-key").strip()).matches("[0-9a-f]{64}");
    }

    @Test
    void what_was_made_once_stays_as_it_is() throws Exception {
        String before = secret("admin-key") + secret("ca.crt") + secret("waggle-1.crt") + secret("master-key");
        certificates();
        assertThat(secret("admin-key") + secret("ca.crt") + secret("waggle-1.crt") + secret("master-key"))
                .isEqualTo(before);
    }

    @Test
    void prometheus_scrapes_each_node_and_reads_the_alerts() {
        JsonNode prometheus = Yaml.document("compose/prometheus.yml", Deploy.text("compose/prometheus.yml"));
        assertThat(prometheus.at("/scrape_configs/0/static_configs/0/targets").toString())
                .isEqualTo("[\"waggle-1:8470\",\"waggle-2:8470\",\"waggle-3:8470\"]");
        assertThat(Deploy.text("compose.yaml"))
                .contains(":" + prometheus.at("/rule_files/0").asText() + ":ro");
        JsonNode source = Yaml.document("datasources", Deploy.text("compose/grafana/datasources/prometheus.yaml"));
        assertThat(source.at("/datasources/0/url").asText()).isEqualTo("http://prometheus:9090");
        JsonNode boards = Yaml.document("dashboards", Deploy.text("compose/grafana/dashboards/waggle.yaml"));
        assertThat(Deploy.text("compose.yaml"))
                .contains(boards.at("/providers/0/options/path").asText() + "/waggle.json:ro");
    }

    @Test
    void scripts_are_shell_that_a_shell_reads() throws Exception {
        for (String script : List.of("compose/certificates", "compose/cassandra-setup", "waggle-health")) {
            Process check = new ProcessBuilder("bash", "-n", Deploy.file(script).toString())
                    .inheritIO()
                    .start();
            assertThat(check.waitFor()).as(script).isZero();
            assertThat(Files.isExecutable(Deploy.file(script))).as(script).isTrue();
        }
    }

    private static X509Certificate certificate(String name) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(secrets.resolve(name))));
    }

    private static String secret(String name) throws IOException {
        return Files.readString(secrets.resolve(name));
    }
}
