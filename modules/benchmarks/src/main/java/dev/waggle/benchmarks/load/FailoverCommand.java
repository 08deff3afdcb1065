package dev.waggle.benchmarks.load;

import dev.waggle.benchmarks.stage.StageSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `waggle bench failover`.
@Command(
        name = "failover",
        mixinStandardHelpOptions = true,
        description = {
            "How long accounts are away when one of several nodes over Cassandra is killed, drained, or joins.",
            "killed: from the kill to the login elsewhere; drained, moved: from the logout to the login elsewhere, as the",
            "server sees it. Prints `name value unit`; progress goes to the error stream."
        })
public final class FailoverCommand implements Callable<Integer> {
    @Option(names = "--accounts", paramLabel = "N", description = "Default ${DEFAULT-VALUE}.")
    private int accounts = 500;

    @Option(names = "--nodes", paramLabel = "N", description = "Default ${DEFAULT-VALUE}.")
    private int nodes = 3;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "In each one node is killed and one drained, and others take their places; default ${DEFAULT-VALUE}.")
    private int rounds = 2;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            description = "For accounts to move to a node that came; default ${DEFAULT-VALUE}.")
    private int settle = 40;

    @Mixin
    private LoadOptions options = new LoadOptions();

    @Override
    public Integer call() throws InterruptedException {
        return options.measure("failover", StageSettings.CASSANDRA, stage -> {
            try (Failover failover = new Failover(new FailoverSettings(accounts, nodes, rounds, settle), stage)) {
                return failover.run();
            }
        });
    }
}
