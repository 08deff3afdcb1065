package dev.waggle.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.AccountId;
import dev.waggle.platform.safekeeping.MasterKeys;
import dev.waggle.storage.BackendDriver;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.StorageSettings;
import dev.waggle.storage.vault.DataKey;
import dev.waggle.storage.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `waggle keys rotate` is killed while it wraps data keys anew.
class RotationKillTest {
    private static final int KILLS = Integer.getInteger("waggle.test.kills", 2);
    private static final int ACCOUNTS = 2_000;
    /// A data key that is wrapped anew is some pages of the WAL.
    private static final int BYTES_EACH = 8_000;

    @TempDir
    Path data;

    private final SecureRandom random = new SecureRandom();

    @Test
    void every_data_key_is_there_under_one_master_key_however_often_a_rotation_is_killed() throws Exception {
        Map<AccountId, DataKey> drawn = keys();
        Random moments = new Random(20_261_127);
        int interrupted = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            rotateAndKill(1 + (long) moments.nextInt(ACCOUNTS / 2) * BYTES_EACH);
            if (Files.exists(data.resolve("master.key.next"))) {
                interrupted++;
            }
            assertThat(keys()).isEqualTo(drawn);
            assertThat(data.resolve("master.key.next")).doesNotExist();
        }
        assertThat(interrupted).isPositive();
    }

    /// As a node opens them when it starts.
    private Map<AccountId, DataKey> keys() {
        try (BackendProvider provider = BackendDriver.named("sqlite").start(StorageSettings.in(data))) {
            Vault vault = new MasterKeys(null, data.resolve("master.key")).vault(provider.control(), random);
            Map<AccountId, CompletableFuture<DataKey>> opened = new HashMap<>();
            for (int i = 0; i < ACCOUNTS; i++) {
                AccountId account = new AccountId("a" + i);
                opened.put(account, vault.open(account).toCompletableFuture());
            }
            Map<AccountId, DataKey> keys = new HashMap<>();
            opened.forEach((account, key) -> keys.put(account, key.join()));
            return keys;
        }
    }

    private void rotateAndKill(long walBytes) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "keys",
                        "rotate",
                        "-Dwaggle.data-dir=" + data)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("rotate.log").toFile())
                .start();
        Path wal = data.resolve("waggle.db-wal");
        while (child.isAlive() && !(Files.exists(data.resolve("master.key.next")) && size(wal) >= walBytes)) {
            Thread.onSpinWait();
        }
        child.destroyForcibly();
        child.waitFor();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
