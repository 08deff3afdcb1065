package dev.waggle.platform.safekeeping;

import dev.waggle.storage.BackendDriver;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.StorageSettings;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.control.Incarnation;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// A backup becomes the store again, in a new incarnation: nothing that was sent since the backup was taken is sent
/// once more under a key that was used.
public final class Restore {
    private Restore() {}

    /// @param replace a store that is there is kept aside instead of refused
    /// @param fits fails when the master key is not the one that the backup was sealed under
    /// @return where a store that was there was put
    /// @throws SafekeepingException when the directory holds no whole backup of this backend
    /// @throws dev.waggle.storage.StoreException when the store cannot be put back; then it is as it was
    public static Optional<Path> run(
            BackendDriver driver,
            StorageSettings store,
            Path directory,
            boolean replace,
            Consumer<ControlStore> fits,
            InstantSource clock) {
        Manifest manifest = Backup.check(directory);
        if (!manifest.backend().equals(driver.name())) {
            throw new SafekeepingException("backend", driver.name(), "that of the backup: " + manifest.backend());
        }
        Instant now = clock.instant();
        if (now.isBefore(manifest.takenAt())) {
            throw new SafekeepingException("clock", now.toString(), "after the backup of " + manifest.takenAt());
        }
        return driver.restore(store, directory, replace, copy -> admit(copy, fits, now));
    }

    private static void admit(BackendProvider copy, Consumer<ControlStore> fits, Instant now) {
        fits.accept(copy.control());
        begin(copy.control(), now);
    }

    /// A store that its database put back by its own means: it only begins a new incarnation. No node may run on
    /// it.
    ///
    /// @return the incarnation
    public static Incarnation begin(ControlStore control, Instant now) {
        Incarnation next = Incarnation.of(control).toCompletableFuture().join().next(now);
        next.begin(control).toCompletableFuture().join();
        return next;
    }
}
