package dev.waggle.platform.boot;

import dev.waggle.platform.boot.NodeSettings.VaultSettings;
import dev.waggle.platform.safekeeping.Restore;
import dev.waggle.platform.safekeeping.SafekeepingException;
import dev.waggle.storage.BackendDriver;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.vault.MasterKeyException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `waggle restore`: while no node runs on the data directory.
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Puts a backup in the place of a node's store and begins a new incarnation of it: no message key"
                + " that may have been used since is used again.")
final class RestoreCommand implements Callable<Integer> {
    @Mixin
    private StoreOptions options = new StoreOptions();

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    @Option(names = "--replace", description = "A store that is there is kept aside instead of refused.")
    private boolean replace;

    /// Where the store comes from.
    static final class Source {
        @Option(names = "--from", paramLabel = "DIR", description = "What backup --to wrote.")
        private @Nullable Path directory;

        @Option(
                names = "--in-place",
                description = "The database was put back by its own means: only begin a new incarnation.")
        private boolean inPlace;
    }

    @Override
    public Integer call() {
        try {
            NodeSettings settings = options.settings();
            BackendDriver driver = options.driver(settings);
            Path directory = source.directory;
            if (source.inPlace || directory == null) {
                inPlace(settings, driver);
            } else {
                Restore.run(
                                driver,
                                settings.storage(),
                                directory,
                                replace,
                                control -> check(settings, control),
                                InstantSource.system())
                        .ifPresent(kept -> System.err.println("the store from before: " + kept));
            }
            System.out.println("{\"restored\":\"" + settings.storage().dataDirectory() + "\"}");
            return 0;
        } catch (IllegalArgumentException | StoreException | SafekeepingException | MasterKeyException e) {
            System.err.println("restore: " + e.getMessage());
            return 1;
        }
    }

    private static void inPlace(NodeSettings settings, BackendDriver driver) {
        try (BackendProvider provider = driver.start(settings.storage())) {
            check(settings, provider.control());
            Restore.begin(provider.control(), InstantSource.system().instant());
        }
    }

    /// Fails when the master key at hand does not open what is stored.
    private static void check(NodeSettings settings, ControlStore control) {
        VaultSettings sealed = settings.vault();
        if (sealed != null) {
            sealed.keys().vault(control, new SecureRandom());
        }
    }
}
