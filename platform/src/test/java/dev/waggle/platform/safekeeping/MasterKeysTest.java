package dev.waggle.platform.safekeeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.AccountId;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.memory.MemoryProvider;
import dev.waggle.storage.vault.DataKey;
import dev.waggle.storage.vault.MasterKey;
import dev.waggle.storage.vault.MasterKeySource;
import dev.waggle.storage.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeysTest {
    private static final AccountId ANNA = new AccountId("anna");
    private static final AccountId BELA = new AccountId("bela");
    private static final String OLD = "11".repeat(32);
    private static final String NEW = "22".repeat(32);

    @TempDir
    Path directory;

    private final SecureRandom random = new SecureRandom();
    private final ControlStore control = new MemoryProvider().control();

    private MasterKeys keys() {
        return new MasterKeys(null, directory.resolve("master.key"));
    }

    private static DataKey open(Vault vault, AccountId account) {
        return vault.open(account).toCompletableFuture().join();
    }

    @Test
    void after_a_rotation_data_keys_are_the_same_and_the_key_from_before_opens_nothing() throws IOException {
        Vault before = keys().vault(control, random);
        DataKey anna = open(before, ANNA);
        DataKey bela = open(before, BELA);
        String old = Files.readString(directory.resolve("master.key"));
        assertThat(keys().rotate(control, random)).isEqualTo(2);
        assertThat(Files.readString(directory.resolve("master.key"))).isNotEqualTo(old);
        assertThat(Files.readString(keys().previous())).isEqualTo(old);
        Vault after = keys().vault(control, random);
        assertThat(open(after, ANNA)).isEqualTo(anna);
        assertThat(open(after, BELA)).isEqualTo(bela);
        assertThatThrownBy(() -> new MasterKeys(old, directory.resolve("master.key")).vault(control, random))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("another master key");
    }

    @Test
    void a_rotation_that_ended_half_way_is_finished_by_whoever_opens_the_store_next() {
        Vault before = keys().vault(control, random);
        DataKey anna = open(before, ANNA);
        MasterKey next = MasterKeySource.find(null, directory.resolve("master.key.next"), random)
                .key();
        before.rotate(next).toCompletableFuture().join();
        // Under the present key still: the rotation has not come to it.
        DataKey bela = open(before, BELA);
        Vault after = keys().vault(control, random);
        assertThat(open(after, ANNA)).isEqualTo(anna);
        assertThat(open(after, BELA)).isEqualTo(bela);
        assertThat(directory.resolve("master.key.next")).doesNotExist();
        assertThat(MasterKeySource.find(null, directory.resolve("master.key"), random)
                        .key())
                .isEqualTo(next);
    }

    @Test
    void a_key_that_was_only_half_drawn_is_drawn_anew() throws IOException {
        DataKey anna = open(keys().vault(control, random), ANNA);
        Files.writeString(directory.resolve("master.key.drawn"), "half");
        assertThat(keys().rotate(control, random)).isOne();
        assertThat(open(keys().vault(control, random), ANNA)).isEqualTo(anna);
        assertThat(directory.resolve("master.key.drawn")).doesNotExist();
    }

    @Test
    void a_next_key_without_the_present_one_is_refused_and_no_key_is_made() throws IOException {
        open(keys().vault(control, random), ANNA);
        Files.move(directory.resolve("master.key"), directory.resolve("master.key.next"));
        assertThatThrownBy(() -> keys().vault(control, random))
                .isInstanceOf(SafekeepingException.class)
                .hasMessageContaining("missing");
        assertThat(directory.resolve("master.key")).doesNotExist();
    }

    @Test
    void keys_from_the_environment_are_given_both_and_a_half_way_end_is_finished_by_the_same_call() {
        MasterKeys old = new MasterKeys(OLD, directory.resolve("unused"));
        Vault before = old.vault(control, random);
        DataKey anna = open(before, ANNA);
        assertThatThrownBy(() -> old.rotate(control, random))
                .isInstanceOf(SafekeepingException.class)
                .hasMessageStartingWith("WAGGLE_NEXT_MASTER_KEY: not set");
        assertThat(old.rotate(control, MasterKey.parse(NEW), random)).isOne();
        DataKey bela = open(before, BELA);
        MasterKeys next = new MasterKeys(NEW, directory.resolve("unused"));
        assertThatThrownBy(() -> next.vault(control, random)).isInstanceOf(StoreException.class);
        assertThat(old.rotate(control, MasterKey.parse(NEW), random)).isOne();
        Vault after = next.vault(control, random);
        assertThat(open(after, ANNA)).isEqualTo(anna);
        assertThat(open(after, BELA)).isEqualTo(bela);
    }
}
