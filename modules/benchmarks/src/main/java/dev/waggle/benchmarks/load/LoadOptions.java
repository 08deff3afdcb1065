package dev.waggle.benchmarks.load;

import dev.waggle.benchmarks.stage.Stage;
import dev.waggle.benchmarks.stage.StageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/// What all commands that start nodes are asked.
final class LoadOptions {
    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description =
                    "Where nodes keep accounts: sqlite, or cassandra, which is started; default ${DEFAULT-VALUE}.")
    private String backend = "sqlite";

    @Option(names = "--clear", description = "Nodes speak to the simulator without TLS.")
    private boolean clear;

    @Option(names = "--lenient", description = "The simulator does not inspect what it is sent.")
    private boolean lenient;

    @Option(names = "--dir", paramLabel = "DIR", description = "For data and logs; default: a temporary one, kept.")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir", "."));

    @Option(names = "-J", paramLabel = "FLAG", description = "Of the nodes' JVMs, such as -J-Xmx1g.")
    private List<String> flags = new ArrayList<>();

    @Option(names = "-D", paramLabel = "KEY=VALUE", description = "A setting of the nodes.")
    private Map<String, String> node = new LinkedHashMap<>();

    /// What is measured on a stage.
    interface Measurement {
        List<Figure> on(Stage stage) throws IOException, InterruptedException;
    }

    /// Prints the figures, and progress on the error stream.
    ///
    /// @return the command's exit code
    int measure(String name, Measurement measurement) throws InterruptedException {
        return measure(name, backend, measurement);
    }

    int measure(String name, String on, Measurement measurement) throws InterruptedException {
        try {
            Path own = Files.createTempDirectory(directory, "waggle-" + name);
            System.err.println("data and logs: " + own);
            StageSettings settings = new StageSettings(on, !clear, !lenient, flags, node);
            Consumer<String> told = System.err::println;
            try (Stage stage = Stage.set(settings, own, told)) {
                measurement.on(stage).forEach(System.out::println);
            }
            return 0;
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            System.err.println("bench: " + e.getMessage());
            return 1;
        }
    }
}
