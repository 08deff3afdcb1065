package dev.waggle.platform.safekeeping;

import dev.waggle.storage.StoreException;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.vault.MasterKey;
import dev.waggle.storage.vault.MasterKeyException;
import dev.waggle.storage.vault.MasterKeySource;
import dev.waggle.storage.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the master key of a node lies, and how another one takes its place.
///
/// @param text of the environment, which wins over the file; null: there is none
/// @param file made on a node's first start when there is neither
public record MasterKeys(@Nullable String text, Path file) {
    private static final Logger log = LoggerFactory.getLogger(MasterKeys.class);

    /// The vault of this store. A rotation that was interrupted is finished first.
    ///
    /// @throws StoreException `storage-sealed` when the store was sealed under another master key; then nothing has
    /// changed
    /// @throws MasterKeyException when the key is malformed, or the file is readable by others
    public Vault vault(ControlStore control, SecureRandom random) {
        finish(control, random);
        MasterKeySource master = MasterKeySource.find(text, file, random);
        Vault vault = new Vault(control, master.key(), random);
        if (!vault.fits().toCompletableFuture().join()) {
            if (master.generated()) {
                forget();
            }
            throw new StoreException(
                    StoreException.Code.STORAGE_SEALED,
                    "the store was sealed under another master key than the one from "
                            + (master.generated() ? master.where() + ", which is missing" : master.where()));
        }
        if (master.generated()) {
            log.warn(
                    "a master key was made at {}: keep a copy, without it nothing of this store can be read",
                    master.where());
        }
        return vault;
    }

    private Path directory() {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("a master key that fits nothing stays at {}: {}", file, e.toString());
        }
    }

    private Path next() {
        return file.resolveSibling(file.getFileName() + ".next");
    }

    /// Where the key from before a rotation is kept: backups from before it open with nothing else.
    public Path previous() {
        return file.resolveSibling(file.getFileName() + ".previous");
    }

    /// Draws another master key and wraps every data key under it; the file changes last. Interrupted at any
    /// moment, it is finished by the next call or by the next start of a node. No node may run on the store.
    ///
    /// @return how many data keys were wrapped anew
    /// @throws SafekeepingException when the key comes from the environment: see [#rotate(ControlStore, MasterKey,
    /// SecureRandom)]
    public int rotate(ControlStore control, SecureRandom random) {
        if (fromEnvironment()) {
            throw new SafekeepingException(
                    "WAGGLE_NEXT_MASTER_KEY", "not set", "the next key, since the present one is in the environment");
        }
        int before = finish(control, random);
        vault(control, random);
        draw(random);
        return before + finish(control, random);
    }

    /// Whole or not at all: what lies under this name is a key.
    private void draw(SecureRandom random) {
        Path drawn = file.resolveSibling(file.getFileName() + ".drawn");
        try {
            Files.deleteIfExists(drawn);
            MasterKeySource.find(null, drawn, random);
            Files.move(drawn, next(), StandardCopyOption.ATOMIC_MOVE);
            Backup.sync(directory());
        } catch (IOException e) {
            throw new SafekeepingException("master key file", next() + ": " + e, "a place that can be written to", e);
        }
    }

    /// The same where both keys are given from outside: whoever gives them puts the next one in the place of the
    /// present one when this is done, and runs it again when it was interrupted.
    public int rotate(ControlStore control, MasterKey next, SecureRandom random) {
        MasterKeySource present = MasterKeySource.find(text, file, random);
        return new Vault(control, present.key(), random)
                .rotate(next)
                .toCompletableFuture()
                .join();
    }

    public boolean fromEnvironment() {
        return text != null && !text.isBlank();
    }

    /// The next key is durable before the first data key is wrapped under it, and stays until the last one is.
    private int finish(ControlStore control, SecureRandom random) {
        if (fromEnvironment() || !Files.exists(next())) {
            return 0;
        }
        if (!Files.exists(file)) {
            throw new SafekeepingException(
                    "master key file", file + ", missing", "the key that " + next() + " follows");
        }
        MasterKey present = MasterKeySource.find(null, file, random).key();
        MasterKey wanted = MasterKeySource.find(null, next(), random).key();
        int moved = new Vault(control, present, random)
                .rotate(wanted)
                .toCompletableFuture()
                .join();
        try {
            Files.deleteIfExists(previous());
            Files.createLink(previous(), file);
            Files.move(next(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Backup.sync(directory());
        } catch (IOException e) {
            throw new SafekeepingException("master key file", file + ": " + e, "a place that can be written to", e);
        }
        return moved;
    }
}
