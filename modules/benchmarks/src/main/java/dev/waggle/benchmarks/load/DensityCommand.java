package dev.waggle.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `waggle bench density`.
@Command(
        name = "density",
        mixinStandardHelpOptions = true,
        description = {
            "How much memory a node needs for each idle account that is ONLINE, and for each contact and group of it.",
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

    @Option(names = "--clear", description = "The node speaks to the simulator without TLS.")
    private boolean clear;

    @Option(names = "--lenient", description = "The simulator does not inspect what it is sent.")
    private boolean lenient;

    @Option(names = "--dir", paramLabel = "DIR", description = "For data and logs; default: a temporary one, kept.")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir", "."));

    @Option(names = "-J", paramLabel = "FLAG", description = "Of the node's JVM, such as -J-Xmx1g.")
    private List<String> flags = new ArrayList<>();

    @Option(names = "-D", paramLabel = "KEY=VALUE", description = "A setting of the node.")
    private Map<String, String> more = new LinkedHashMap<>();

    @Override
    public Integer call() throws InterruptedException {
        try (Web web = new Web()) {
            Path own = Files.createTempDirectory(directory, "waggle-density");
            System.err.println("data and logs: " + own);
            DensitySettings settings =
                    new DensitySettings(accounts, contacts, groups, settle, !clear, !lenient, flags, more);
            new Density(settings, own, web, System.err::println).run().forEach(System.out::println);
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            return 1;
        }
    }
}
