package dev.waggle.benchmarks.load;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `waggle bench throughput`.
@Command(
        name = "throughput",
        mixinStandardHelpOptions = true,
        description = {
            "Messages for a second of a node's processor time, in and out, with everything durable, and how long one takes.",
            "in.told: from the contact's saying it to the account's event; out.accepted: to the API's answer; out.told: to",
            "the event that the server took it. Prints `name value unit`; progress goes to the error stream."
        })
public final class ThroughputCommand implements Callable<Integer> {
    @Option(names = "--accounts", paramLabel = "N", description = "Each with one contact; default ${DEFAULT-VALUE}.")
    private int accounts = 20;

    @Option(names = "--seconds", paramLabel = "N", description = "Of each direction; default ${DEFAULT-VALUE}.")
    private int seconds = 30;

    @Option(names = "--warm-up", paramLabel = "SECONDS", description = "Of each direction; default ${DEFAULT-VALUE}.")
    private int warmUp = 20;

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "Messages of one account that may be under way at once; default ${DEFAULT-VALUE}.")
    private int window = 8;

    @Mixin
    private LoadOptions options = new LoadOptions();

    @Override
    public Integer call() throws InterruptedException {
        return options.measure(
                "throughput",
                stage -> new Throughput(new ThroughputSettings(accounts, seconds, warmUp, window), stage).run());
    }
}
