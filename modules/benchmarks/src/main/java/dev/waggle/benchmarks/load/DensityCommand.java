package dev.waggle.benchmarks.load;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `waggle bench density`.
@Command(
        name = "density",
        mixinStandardHelpOptions = true,
        description = {
            "How much memory a node needs for each idle account that is ONLINE, and for each contact and group of it;",
            "how a node that starts with all of them follows the connect budget.",
            "Simulator and node are processes of their own. Prints `name value unit`; progress goes to the error stream."
        })
public final class DensityCommand implements Callable<Integer> {
    @Option(names = "--accounts", paramLabel = "N", description = "Default ${DEFAULT-VALUE}.")
    private int accounts = 500;

    @Option(names = "--contacts", paramLabel = "N", description = "Of each account; default ${DEFAULT-VALUE}.")
    private int contacts;

    @Option(names = "--groups", paramLabel = "N", description = "Of each account; default ${DEFAULT-VALUE}.")
    private int groups;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            description = "How long nothing happens before memory is looked at; default ${DEFAULT-VALUE}.")
    private int settle = 30;

    @Mixin
    private LoadOptions options = new LoadOptions();

    @Override
    public Integer call() throws InterruptedException {
        return options.measure(
                "density", stage -> new Density(new DensitySettings(accounts, contacts, groups, settle), stage).run());
    }
}
