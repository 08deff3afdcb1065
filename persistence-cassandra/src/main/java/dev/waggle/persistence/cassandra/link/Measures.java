package dev.waggle.persistence.cassandra.link;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Counting;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import com.datastax.oss.driver.api.core.CqlSession;
import dev.waggle.storage.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/// What the driver counts, under our names: sums over all nodes of the ring.
public final class Measures {
    static final List<String> SESSION = List.of(
            "connected-nodes",
            "cql-requests",
            "cql-client-timeouts",
            "bytes-sent",
            "bytes-received",
            "throttling.queue-size",
            "throttling.errors");
    static final List<String> NODE = List.of(
            "pool.open-connections",
            "pool.in-flight",
            "errors.request.unsent",
            "errors.request.aborted",
            "errors.request.write-timeouts",
            "errors.request.read-timeouts",
            "errors.request.unavailables",
            "errors.request.others",
            "errors.connection.init",
            "retries.total");
    private static final double NANOS = 1e9;

    private final MetricRegistry registry;
    private final List<Measure> measures = new ArrayList<>();

    private Measures(MetricRegistry registry) {
        this.registry = registry;
    }

    public static List<Measure> of(CqlSession session) {
        return session.getMetrics()
                .map(metrics -> new Measures(metrics.getRegistry()).all())
                .orElse(List.of());
    }

    private List<Measure> all() {
        gauge("nodes.connected", "nodes of the ring that are connected", "connected-nodes");
        gauge("connections", "open connections", "pool.open-connections");
        gauge("requests.in.flight", "requests that were sent and not answered", "pool.in-flight");
        gauge("requests.waiting", "requests that wait to be sent", "throttling.queue-size");
        counter("requests", "requests that were answered or failed", "cql-requests");
        counter("timeouts", "requests that nobody answered in time", "cql-client-timeouts");
        counter("refused", "requests that were not taken because too many waited", "throttling.errors");
        counter("sent.bytes", "bytes sent", "bytes-sent");
        counter("received.bytes", "bytes received", "bytes-received");
        counter("retries", "requests that were sent again", "retries.total");
        for (String kind : List.of("unsent", "aborted", "write-timeouts", "read-timeouts", "unavailables", "others")) {
            add(
                    Measure.Kind.COUNTER,
                    "errors",
                    "requests that a node failed",
                    Map.of("kind", kind),
                    sum("errors.request." + kind));
        }
        for (double part : new double[] {0.5, 0.99}) {
            add(
                    Measure.Kind.GAUGE,
                    "request.seconds",
                    "how long requests took lately",
                    Map.of("quantile", Double.toString(part)),
                    () -> quantile(part));
        }
        return List.copyOf(measures);
    }

    private void gauge(String name, String help, String suffix) {
        add(Measure.Kind.GAUGE, name, help, Map.of(), sum(suffix));
    }

    private void counter(String name, String help, String suffix) {
        add(Measure.Kind.COUNTER, name, help, Map.of(), sum(suffix));
    }

    private void add(Measure.Kind kind, String name, String help, Map<String, String> tags, DoubleSupplier value) {
        measures.add(new Measure("waggle.cassandra." + name, help, kind, tags, value));
    }

    /// Names of a session begin with it, those of a node with both: what counts is how they end.
    private DoubleSupplier sum(String suffix) {
        return () -> registry.getMetrics().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("." + suffix))
                .mapToDouble(entry -> value(entry.getValue()))
                .sum();
    }

    private static double value(Metric metric) {
        return switch (metric) {
            case Gauge<?> gauge -> gauge.getValue() instanceof Number number ? number.doubleValue() : 0;
            case Counter counter -> counter.getCount();
            case Counting counting -> counting.getCount();
            default -> 0;
        };
    }

    private double quantile(double part) {
        return registry.getTimers().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(".cql-requests"))
                .map(Map.Entry::getValue)
                .map(Timer::getSnapshot)
                .mapToDouble(snapshot -> snapshot.getValue(part) / NANOS)
                .max()
                .orElse(0);
    }
}
