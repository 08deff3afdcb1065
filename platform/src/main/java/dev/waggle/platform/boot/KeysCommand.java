package dev.waggle.platform.boot;

import dev.waggle.platform.boot.NodeSettings.VaultSettings;
import dev.waggle.platform.safekeeping.MasterKeys;
import dev.waggle.platform.safekeeping.SafekeepingException;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.vault.MasterKey;
import dev.waggle.storage.vault.MasterKeyException;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `waggle keys`: what there is to do about the master key.
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "The master key of a node's store.",
        subcommands = KeysCommand.Rotate.class)
final class KeysCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        CommandLine.usage(this, System.out);
        return 0;
    }

    /// While no node runs on the data directory.
    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Wraps every account's data key under another master key. Interrupted, it is finished by the"
                    + " next call or the node's next start.")
    static final class Rotate implements Callable<Integer> {
        @Mixin
        private StoreOptions options = new StoreOptions();

        @Override
        public Integer call() {
            NodeSettings settings;
            try {
                settings = options.settings();
                VaultSettings sealed = settings.vault();
                if (sealed == null) {
                    System.err.println("keys rotate: nothing is sealed (waggle.storage.sealed = off)");
                    return 1;
                }
                try (BackendProvider provider = options.driver(settings).start(settings.storage())) {
                    return rotated(sealed.keys(), provider);
                }
            } catch (IllegalArgumentException | StoreException | SafekeepingException | MasterKeyException e) {
                System.err.println("keys rotate: " + e.getMessage());
                return 1;
            }
        }

        private static int rotated(MasterKeys keys, BackendProvider provider) {
            SecureRandom random = new SecureRandom();
            String next = System.getenv("WAGGLE_NEXT_MASTER_KEY");
            int moved;
            if (next != null && keys.fromEnvironment()) {
                moved = keys.rotate(provider.control(), MasterKey.parse(next), random);
                System.err.println("WAGGLE_NEXT_MASTER_KEY is the WAGGLE_MASTER_KEY of this store from now on");
            } else {
                moved = keys.rotate(provider.control(), random);
                System.err.println("the key from before, for backups from before: " + keys.previous());
            }
            System.out.println("{\"rewrapped\":" + moved + "}");
            return 0;
        }
    }
}
