package dev.waggle.platform.boot;

import dev.waggle.platform.chaos.ChaosReport;
import dev.waggle.platform.chaos.ChaosRun;
import dev.waggle.platform.chaos.ChaosSettings;
import dev.waggle.platform.chaos.Surroundings;
import dev.waggle.platform.chaos.storm.Kind;
import dev.waggle.platform.chaos.storm.Storm;
import dev.waggle.platform.chaos.storm.StormReport;
import dev.waggle.platform.chaos.storm.StormSettings;
import dev.waggle.simulator.Simulator;
import dev.waggle.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `waggle chaos`: the long form of the kill test.
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description =
                "Kills a node again and again under traffic, or has faults of all kinds strike a cluster, then counts:"
                        + " exit 0 when nothing was lost or doubled.")
final class ChaosCommand implements Callable<Integer> {
    /// Where a node can be told to end itself.
    static final List<String> POINTS = List.of(
            "decrypted",
            "journaled",
            "acked",
            "session-flushed-before-journaled",
            "intent-journaled",
            "ratchet-stored",
            "written",
            "server-ack");

    @Option(names = "--messages", defaultValue = "2000", description = "Texts in both directions; default 2000.")
    private int messages;

    @Option(names = "--contacts", defaultValue = "5", description = "Contacts who talk to the account; default 5.")
    private int contacts;

    @Option(names = "--kills", defaultValue = "20", description = "Kills at random moments; default 20.")
    private int kills;

    @Option(names = "--failpoint-rounds", defaultValue = "5", description = "Kills at each named point; default 5.")
    private int rounds;

    @Option(names = "--seed", description = "Of the moments; default: any.")
    private @Nullable Long seed;

    @Option(
            names = "--nodes",
            defaultValue = "0",
            description = "Members of a cluster over Cassandra that faults strike in random order; default: one node"
                    + " over the embedded store, which is killed.")
    private int nodes;

    @Option(names = "--cassandra-nodes", defaultValue = "1", description = "With --nodes: 1..3; default 1.")
    private int cassandraNodes;

    @Option(names = "--accounts", defaultValue = "20", description = "With --nodes: accounts; default 20.")
    private int accounts;

    @Option(names = "--minutes", defaultValue = "10", description = "With --nodes: how long; default 10.")
    private int minutes;

    @Option(names = "--faults", defaultValue = "1000000", description = "With --nodes: not more; default: no limit.")
    private int faults;

    @Option(names = "--per-second", defaultValue = "20", description = "With --nodes: texts; default 20.")
    private int perSecond;

    @Option(names = "--kinds", split = ",", description = "With --nodes: only these kinds of faults, as kill,freeze.")
    private List<String> kinds = List.of();

    @Option(names = "--report", description = "With --nodes: a file that the report is written to, as Markdown.")
    private @Nullable Path file;

    @Override
    public Integer call() throws Exception {
        return nodes == 0 ? alone() : together();
    }

    private long seed() {
        return seed == null ? ThreadLocalRandom.current().nextLong(1_000_000) : seed;
    }

    private Integer together() throws IOException, InterruptedException {
        StormSettings settings = new StormSettings(
                nodes,
                cassandraNodes,
                accounts,
                perSecond,
                Duration.ofMinutes(minutes),
                faults,
                Arrays.stream(Kind.values())
                        .filter(kind -> kinds.isEmpty() || kinds.contains(kind.text()))
                        .toList(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(4),
                Duration.ofSeconds(60),
                40,
                seed(),
                Main.class.getName(),
                Map.of());
        try (Storm storm = Storm.over(settings, ChaosCommand::tell)) {
            StormReport report = storm.run();
            System.out.println(report.markdown());
            if (file != null) {
                Files.writeString(file, report.markdown());
            }
            if (!report.sound()) {
                System.err.println("logs and data: " + storm.directory());
            }
            return report.sound() ? 0 : 1;
        }
    }

    private Integer alone() throws Exception {
        List<String> points = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            points.addAll(POINTS);
        }
        ChaosSettings settings = new ChaosSettings(messages, contacts, kills, points, seed(), Map.of());
        try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);
                ChaosRun run = new ChaosRun(settings, surroundings(simulator), ChaosCommand::tell)) {
            ChaosReport report = run.run();
            System.out.println(report);
            if (!report.sound()) {
                System.err.println("log and data: " + run.directory());
            }
            return report.sound() ? 0 : 1;
        }
    }

    /// The simulated server that stays, and the class that is started again and again.
    static Surroundings surroundings(Simulator simulator) {
        return new Surroundings(
                simulator.ws(), simulator.admin(), simulator.rootKey().toHex(), Main.class.getName());
    }

    private static void tell(String line) {
        System.err.println(line);
    }
}
