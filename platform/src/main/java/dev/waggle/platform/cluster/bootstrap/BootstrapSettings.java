package dev.waggle.platform.cluster.bootstrap;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How a node finds the others, and the port on which it says whether it lives; see `waggle.cluster.bootstrap` in
/// the handbook.
///
/// @param contactPoints `host:port` of the management ports of nodes, for [Way#CONTACT_POINTS]
/// @param contactPointsMin so many pods must be found before one of them may begin a new cluster
/// @param kubernetes which pods are nodes, for [Way#KUBERNETES]
public record BootstrapSettings(
        Way way, List<String> contactPoints, int contactPointsMin, Kubernetes kubernetes, Management management) {
    private static final String ROOT = "waggle.cluster.";
    private static final int POINTS_MAX = 1_000;
    private static final String POINT = "[^:,\\s]+:\\d{1,5}";
    /// By which the nodes of one installation look for each other.
    private static final String SERVICE = "waggle";

    /// Whom a new node asks.
    public enum Way {
        /// Members whose addresses are known before; the first of them begins.
        SEEDS("seeds"),
        /// Nodes whose addresses are known before, in no order.
        CONTACT_POINTS("contact-points"),
        /// The pods that the API of Kubernetes names.
        KUBERNETES("kubernetes");

        private final String text;

        Way(String text) {
            this.text = text;
        }
    }

    /// @param namespace empty: that of this pod
    /// @param portName how the pods call the container port of [Management]
    public record Kubernetes(String namespace, String labelSelector, String portName) {}

    /// @param enabled for [Way#SEEDS]; the other ways need it
    /// @param port 0: any free one
    /// @param remoteAllowed it speaks no TLS: an address that others can reach must be asked for
    public record Management(boolean enabled, String host, int port, boolean remoteAllowed) {}

    public BootstrapSettings {
        contactPoints = List.copyOf(contactPoints);
    }

    /// @throws IllegalArgumentException naming the first key whose value cannot be
    public static BootstrapSettings of(Config config) {
        Way way = way(config.getString(ROOT + "bootstrap").strip());
        List<String> points = Stream.of(
                        config.getString(ROOT + "contact-points").split(",", -1))
                .map(String::strip)
                .filter(point -> !point.isEmpty())
                .toList();
        if (!points.stream().allMatch(point -> point.matches(POINT))) {
            throw refused("contact-points", String.join(",", points), "host:port with commas between");
        }
        if (way == Way.CONTACT_POINTS && points.isEmpty()) {
            throw refused("bootstrap", "contact-points", "some waggle.cluster.contact-points with it");
        }
        return new BootstrapSettings(
                way,
                points,
                number(config, "contact-points-min", 1, POINTS_MAX),
                new Kubernetes(
                        config.getString(ROOT + "kubernetes.namespace").strip(),
                        text(config, "kubernetes.label-selector"),
                        text(config, "kubernetes.port-name")),
                management(config));
    }

    private static Way way(String text) {
        return Stream.of(Way.values())
                .filter(way -> way.text.equals(text))
                .findFirst()
                .orElseThrow(() -> refused("bootstrap", text, "seeds, contact-points or kubernetes"));
    }

    private static Management management(Config config) {
        Management management = new Management(
                flag(config, "management.enabled"),
                text(config, "management.host"),
                number(config, "management.port", 0, 65_535),
                flag(config, "management.allow-remote"));
        if (!management.remoteAllowed() && !management.host().matches("127\\..*|localhost|::1")) {
            throw refused(
                    "management.host",
                    management.host(),
                    "a loopback address, or waggle.cluster.management.allow-remote = on");
        }
        return management;
    }

    private static boolean flag(Config config, String key) {
        try {
            return config.getBoolean(ROOT + key);
        } catch (ConfigException.WrongType | ConfigException.BadValue e) {
            throw refused(key, config.getAnyRef(ROOT + key), "on or off");
        }
    }

    private static String text(Config config, String key) {
        String text = config.getString(ROOT + key).strip();
        if (text.isEmpty()) {
            throw refused(key, "''", "some text");
        }
        return text;
    }

    private static int number(Config config, String key, int least, int most) {
        try {
            int number = config.getInt(ROOT + key);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (ConfigException.WrongType | ConfigException.BadValue e) {
            // Answered below like a number out of range.
        }
        throw refused(key, config.getAnyRef(ROOT + key), "a whole number " + least + ".." + most);
    }

    private static IllegalArgumentException refused(String key, Object value, String rule) {
        return new IllegalArgumentException(ROOT + key + ": " + value + " (expected: " + rule + ")");
    }

    /// Whether the node has a port for questions about itself.
    public boolean managed() {
        return management.enabled() || discovers();
    }

    /// Whether it looks for the others by itself.
    boolean discovers() {
        return way != Way.SEEDS;
    }

    /// What the actor system of a member must be told.
    public Map<String, Object> actorSystemConfig() {
        Map<String, Object> all = new HashMap<>();
        if (!managed()) {
            return all;
        }
        String http = "pekko.management.http.";
        all.put(http + "hostname", management.host());
        all.put(http + "port", management.port());
        all.put("pekko.management.health-checks.readiness-checks.waggle", ReadyCheck.class.getName());
        if (!discovers()) {
            // Nothing listens to it, and it would look for others.
            all.put(http + "routes.cluster-bootstrap", "");
            return all;
        }
        String bootstrap = "pekko.management.cluster.bootstrap.";
        String discovery = bootstrap + "contact-point-discovery.";
        all.put(discovery + "service-name", SERVICE);
        // Whoever is named must be there: a part of them could begin a cluster beside the others'.
        all.put(
                discovery + "required-contact-point-nr",
                way == Way.CONTACT_POINTS ? contactPoints.size() : contactPointsMin);
        // Nodes on one machine have ports of their own.
        all.put(bootstrap + "contact-point.filter-on-fallback-port", false);
        if (way == Way.CONTACT_POINTS) {
            all.put(discovery + "discovery-method", "config");
            all.put("pekko.discovery.config.services." + SERVICE + ".endpoints", endpoints());
            return all;
        }
        all.put(discovery + "discovery-method", "kubernetes-api");
        all.put(discovery + "port-name", kubernetes.portName());
        String api = "pekko.discovery.kubernetes-api.";
        all.put(api + "pod-label-selector", kubernetes.labelSelector());
        // What a pod is reached at: names of pods need a name server that knows them.
        all.put(api + "use-raw-ip", true);
        Optional.of(kubernetes.namespace())
                .filter(namespace -> !namespace.isEmpty())
                .ifPresent(namespace -> all.put(api + "pod-namespace", namespace));
        return all;
    }

    private List<Map<String, Object>> endpoints() {
        return contactPoints.stream()
                .map(point -> {
                    int colon = point.lastIndexOf(':');
                    return Map.<String, Object>of(
                            "host", point.substring(0, colon), "port", Integer.parseInt(point.substring(colon + 1)));
                })
                .toList();
    }
}
