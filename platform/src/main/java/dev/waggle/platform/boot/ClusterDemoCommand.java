package dev.waggle.platform.boot;

import dev.waggle.platform.chaos.NodeProcess;
import dev.waggle.platform.chaos.fleet.FleetDemo;
import dev.waggle.platform.chaos.fleet.FleetSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `waggle cluster-demo`: a cluster on one machine whose nodes can be killed.
@Command(
        name = "cluster-demo",
        mixinStandardHelpOptions = true,
        description = "Cassandra, a simulated WhatsApp and a cluster of nodes on this machine; kills nodes on request.")
final class ClusterDemoCommand implements Callable<Integer> {
    private static final String HELP = "commands: where, kill node-2, start node-2, hello, quit";
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    @Option(names = "--nodes", defaultValue = "3", description = "Members of the cluster; default 3.")
    private int nodes;

    @Option(names = "--accounts", defaultValue = "6", description = "Accounts with the echo bot; default 6.")
    private int accounts;

    @Option(
            names = "--once",
            description = "Kill one node and end: 0 when its accounts went on elsewhere and nothing was lost.")
    private boolean once;

    @Override
    public Integer call() {
        try (FleetDemo demo = FleetDemo.start(settings(), accounts, ClusterDemoCommand::say)) {
            demo.say("hello");
            expect(demo.echoed());
            demo.addresses().forEach(ClusterDemoCommand::say);
            say("WAGGLE_ADMIN_KEY=" + NodeProcess.KEY);
            demo.where().forEach(ClusterDemoCommand::say);
            if (once) {
                loseOne(demo);
            } else {
                listen(demo);
            }
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (Exception e) {
            System.err.println("cluster-demo: " + e.getMessage());
            return 1;
        }
    }

    private FleetSettings settings() {
        return new FleetSettings(nodes, 1, false, Main.class.getName(), false, ANSWER_MAX, Map.of());
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static void expect(List<String> wrong) {
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(String.join("; ", wrong));
        }
    }

    private static void loseOne(FleetDemo demo) throws IOException, InterruptedException {
        String lost = demo.fullest();
        say("killing " + lost + ", and talking to everybody at once");
        demo.kill(lost);
        demo.say("still there?");
        Duration took = demo.allElsewhere(lost);
        say("every account is online elsewhere after " + took.toMillis() + " ms");
        demo.say("good");
        expect(demo.echoed());
        demo.where().forEach(ClusterDemoCommand::say);
        expect(demo.deadLetters());
        say("every text was answered once, nothing was lost");
    }

    private static void listen(FleetDemo demo) throws IOException, InterruptedException {
        say(HELP);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.strip().split("\\s+", 2);
            String node = words.length == 2 ? words[1] : "";
            switch (words[0]) {
                case "quit" -> {
                    return;
                }
                case "where" -> demo.where().forEach(ClusterDemoCommand::say);
                case "hello" -> {
                    demo.say("hello");
                    List<String> wrong = demo.echoed();
                    say(wrong.isEmpty() ? "every account has answered" : String.join("\n", wrong));
                }
                case "kill" -> say(demo.kill(node) ? killed(demo, node) : "no node " + node);
                case "start" -> say(demo.begin(node) ? node + " is back" : "no node " + node + " that does not run");
                default -> say(HELP);
            }
        }
    }

    private static String killed(FleetDemo demo, String node) throws InterruptedException {
        return node + " was killed; every account is online elsewhere after "
                + demo.allElsewhere(node).toMillis() + " ms";
    }
}
