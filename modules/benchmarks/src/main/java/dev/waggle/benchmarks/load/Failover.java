package dev.waggle.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.benchmarks.stage.LoadedNode;
import dev.waggle.benchmarks.stage.Settling;
import dev.waggle.benchmarks.stage.Stage;
import dev.waggle.benchmarks.stage.Town.Presence;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// How long accounts are away when a node is killed, and when it is drained.
///
/// The server's word counts: an account is back when it has logged in again. That every account then is ONLINE, and
/// on which node, is asked of the API.
final class Failover implements AutoCloseable {
    private static final Duration BACK_MAX = Duration.ofMinutes(5);

    private final FailoverSettings settings;
    private final Stage stage;
    private final Sheet sheet;
    private final Map<String, LoadedNode> nodes = new LinkedHashMap<>();
    private final List<Double> killed = new ArrayList<>();
    private final List<Double> drained = new ArrayList<>();
    private final List<Double> moved = new ArrayList<>();
    private final Map<String, String> numbers = new HashMap<>();
    private int started;

    Failover(FailoverSettings settings, Stage stage) {
        this.settings = settings;
        this.stage = stage;
        this.sheet = new Sheet("failover", stage::tell);
    }

    List<Figure> run() throws IOException, InterruptedException {
        for (int i = 0; i < settings.nodes(); i++) {
            start();
        }
        members();
        List<String> linked = stage.populate(any(), settings.accounts());
        for (int i = 0; i < linked.size(); i++) {
            numbers.put(Settling.name(i), linked.get(i));
        }
        rest();
        for (int round = 0; round < settings.rounds(); round++) {
            // In turn the youngest node and the eldest, which keeps what there is once in a cluster.
            kill(round % 2 == 0 ? last() : first());
            replace();
            drain(round % 2 == 0 ? last() : first());
            replace();
        }
        sheet.tell("killed", Spans.of(killed));
        sheet.tell("killed.accounts", killed.size(), "moves");
        sheet.tell("drained", Spans.of(drained));
        sheet.tell("drained.accounts", drained.size(), "moves");
        sheet.tell("moved", Spans.of(moved));
        sheet.tell("moved.accounts", moved.size(), "moves");
        stage.town().violations().forEach(violation -> stage.tell("violation: " + violation));
        return sheet.figures();
    }

    /// Another node, to which accounts move.
    private void replace() throws IOException, InterruptedException {
        long at = System.currentTimeMillis();
        start();
        members();
        rest();
        List<Double> spans = new ArrayList<>();
        stage.town().attendance().stream()
                .filter(one -> one.came() >= at && one.left() >= at)
                .forEach(one -> spans.add(gap(one)));
        told("another node", spans);
        moved.addAll(spans);
    }

    private void start() throws IOException, InterruptedException {
        String name = "node-" + ++started;
        Map<String, String> more = new HashMap<>();
        more.put("waggle.cluster.enabled", "on");
        more.put("waggle.cluster.port", "0");
        if (!nodes.isEmpty()) {
            more.put("waggle.cluster.seeds", address());
        }
        nodes.put(name, stage.node(name, more));
    }

    private LoadedNode any() {
        return nodes.values().iterator().next();
    }

    private String first() {
        return nodes.keySet().iterator().next();
    }

    private String last() {
        return new ArrayList<>(nodes.keySet()).getLast();
    }

    private String address() throws IOException, InterruptedException {
        String name = first();
        for (JsonNode member : any().insist("GET", "/v1/cluster/members", "").path("items")) {
            if (member.path("node").asText().equals(name)) {
                return member.path("address").asText();
            }
        }
        throw new IOException(name + " is no member of its cluster");
    }

    /// Until all nodes, and no others, are members.
    private void members() throws IOException, InterruptedException {
        Set<String> wanted = nodes.keySet();
        Settling.await(
                () -> {
                    Set<String> up = new HashSet<>();
                    any().insist("GET", "/v1/cluster/members", "").path("items").forEach(member -> {
                        boolean well = member.path("reachable").asBoolean()
                                && member.path("status").asText().equals("UP");
                        up.add(member.path("node").asText() + (well ? "" : " not up"));
                    });
                    return up.equals(wanted) ? 1 : 0;
                },
                1,
                BACK_MAX,
                "times all nodes were members");
    }

    /// Until every account is ONLINE, and accounts have moved where they belong.
    private void rest() throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(settings.settleSeconds());
        Settling.await(() -> any().online(), settings.accounts(), Settling.ONLINE_MAX, "accounts are ONLINE");
        stage.tell("accounts of nodes: " + homes());
    }

    private Map<String, Integer> homes() throws IOException, InterruptedException {
        Map<String, Integer> homes = new LinkedHashMap<>();
        any().homes().values().forEach(home -> homes.merge(home, 1, Integer::sum));
        return homes;
    }

    private void kill(String name) throws IOException, InterruptedException {
        Set<String> there = of(name);
        LoadedNode node = gone(name);
        long at = System.currentTimeMillis();
        node.kill();
        List<Double> spans = new ArrayList<>();
        back(there, name, at).forEach(one -> spans.add((double) (one.came() - at)));
        told("kill of " + name, spans);
        killed.addAll(spans);
    }

    private void drain(String name) throws IOException, InterruptedException {
        Set<String> there = of(name);
        LoadedNode node = gone(name);
        long at = System.currentTimeMillis();
        var _ = any().insist("PUT", "/v1/cluster/members/" + name + "/desired-state", "{\"state\":\"DRAINING\"}");
        node.awaitEnd();
        stage.tell(name + " ended after " + (System.currentTimeMillis() - at) + " ms");
        List<Double> spans = new ArrayList<>();
        back(there, name, at).forEach(one -> spans.add(gap(one)));
        told("drain of " + name, spans);
        drained.addAll(spans);
    }

    private static double gap(Presence one) {
        return Math.max(0, one.came() - one.left());
    }

    /// Phone numbers of the accounts that run there.
    private Set<String> of(String node) throws IOException, InterruptedException {
        Set<String> there = new HashSet<>();
        any().homes().forEach((account, home) -> {
            if (home.equals(node)) {
                there.add(numbers.getOrDefault(account, ""));
            }
        });
        return there;
    }

    private LoadedNode gone(String name) throws IOException {
        LoadedNode node = nodes.remove(name);
        if (node == null) {
            throw new IOException(name + " is no node");
        }
        return node;
    }

    /// Once these have logged in again, and the API says that every account is ONLINE on another node.
    private List<Presence> back(Set<String> those, String from, long since) throws IOException, InterruptedException {
        List<Presence> back = new ArrayList<>();
        Settling.await(
                () -> {
                    back.clear();
                    stage.town().attendance().stream()
                            .filter(one -> those.contains(one.user()) && one.present() && one.came() >= since)
                            .forEach(back::add);
                    return back.size();
                },
                those.size(),
                BACK_MAX,
                "accounts are logged in");
        Settling.await(any()::online, settings.accounts(), BACK_MAX, "accounts are ONLINE");
        Settling.await(
                () -> settings.accounts() - of(from).size(),
                settings.accounts(),
                BACK_MAX,
                "accounts have another node");
        return back;
    }

    private void told(String what, List<Double> spans) {
        Spans sorted = Spans.of(spans);
        stage.tell(what + ": " + spans.size() + " accounts, p50 " + sorted.at(0.5) + " ms, p99 " + sorted.at(0.99)
                + " ms, longest " + sorted.at(1) + " ms");
    }

    @Override
    public void close() {
        nodes.values().forEach(LoadedNode::close);
    }
}
