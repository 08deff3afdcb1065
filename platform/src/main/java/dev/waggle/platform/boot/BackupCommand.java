package dev.waggle.platform.boot;

import dev.waggle.platform.safekeeping.Backup;
import dev.waggle.platform.safekeeping.SafekeepingException;
import dev.waggle.storage.StoreException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `waggle backup`: works on the files of the node's data directory, whether the node runs or not.
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Copies the store of a node, also while it runs. Everything stays sealed; the master key is not"
                + " in the copy.")
final class BackupCommand implements Callable<Integer> {
    @Mixin
    private StoreOptions options = new StoreOptions();

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "A new or empty directory.")
    private Path directory = Path.of("");

    @Override
    public Integer call() {
        try {
            NodeSettings settings = options.settings();
            Backup.take(options.driver(settings), settings.storage(), directory, InstantSource.system());
            System.out.println("{\"backup\":\"" + directory + "\"}");
            return 0;
        } catch (IllegalArgumentException | StoreException | SafekeepingException e) {
            System.err.println("backup: " + e.getMessage());
            return 1;
        }
    }
}
