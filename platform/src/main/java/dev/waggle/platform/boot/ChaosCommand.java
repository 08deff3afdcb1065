package dev.waggle.platform.boot;

import dev.waggle.platform.chaos.ChaosReport;
import dev.waggle.platform.chaos.ChaosRun;
import dev.waggle.platform.chaos.ChaosSettings;
import dev.waggle.platform.chaos.Surroundings;
import dev.waggle.simulator.Simulator;
import dev.waggle.simulator.SimulatorSettings;
import java.util.ArrayList;
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
                "Kills a node again and again under traffic, then counts: exit 0 when nothing was lost or doubled.")
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

    @Override
    public Integer call() throws Exception {
        List<String> points = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            points.addAll(POINTS);
        }
        long chosen = seed == null ? ThreadLocalRandom.current().nextLong(1_000_000) : seed;
        ChaosSettings settings = new ChaosSettings(messages, contacts, kills, points, chosen, Map.of());
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
