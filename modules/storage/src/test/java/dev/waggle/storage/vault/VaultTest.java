package dev.waggle.storage.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import dev.waggle.storage.memory.MemoryProvider;
import java.security.SecureRandom;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VaultTest {
    private static final AccountId BOT = new AccountId("bot");

    private final SecureRandom random = new SecureRandom();
    private final MemoryProvider memory = new MemoryProvider();
    private final MasterKey master = key(1);
    private final Vault vault = new Vault(memory.control(), master, random);

    private static MasterKey key(int fill) {
        byte[] bytes = new byte[MasterKey.BYTES];
        java.util.Arrays.fill(bytes, (byte) fill);
        return new MasterKey(Bytes.wrap(bytes));
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private Vault under(MasterKey other) {
        return new Vault(memory.control(), other, random);
    }

    @Test
    void an_account_keeps_its_data_key() {
        DataKey first = get(vault.open(BOT));
        assertThat(first.incarnation()).isOne();
        assertThat(first.key().size()).isEqualTo(32);
        assertThat(get(under(master).open(BOT))).isEqualTo(first);
        assertThat(get(vault.open(new AccountId("other"))).key()).isNotEqualTo(first.key());
    }

    @Test
    void the_key_is_stored_wrapped() {
        DataKey key = get(vault.open(BOT));
        assertThat(get(memory.control().dataKey(BOT)).orElseThrow().wrapped().toHex())
                .doesNotContain(key.key().toHex());
    }

    @Test
    void after_destruction_there_is_a_new_key_with_the_next_number() {
        DataKey first = get(vault.open(BOT));
        get(vault.destroy(BOT));
        DataKey second = get(vault.open(BOT));
        assertThat(second.incarnation()).isEqualTo(2);
        assertThat(second.key()).isNotEqualTo(first.key());
    }

    @Test
    void another_master_key_opens_nothing_and_overwrites_nothing() {
        DataKey first = get(vault.open(BOT));
        assertThatThrownBy(() -> get(under(key(2)).open(BOT)))
                .hasRootCauseMessage("Tag mismatch")
                .cause()
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.code()).isEqualTo(Code.STORAGE_SEALED));
        assertThat(get(vault.open(BOT))).isEqualTo(first);
    }

    @Test
    void a_wrapped_key_moved_to_another_account_does_not_open() {
        get(vault.open(BOT));
        var row = get(memory.control().dataKey(BOT)).orElseThrow();
        AccountId thief = new AccountId("thief");
        get(memory.control().createDataKey(new dev.waggle.storage.control.DataKeyRow(thief, 1, row.wrapped())));
        assertThatThrownBy(() -> get(vault.open(thief))).hasCauseInstanceOf(StoreException.class);
    }

    @Test
    void rotation_wraps_every_key_anew_and_can_be_run_again() {
        IntStream.range(0, 1_203).forEach(i -> get(vault.open(new AccountId("bot" + i))));
        DataKey before = get(vault.open(new AccountId("bot7")));
        get(vault.destroy(new AccountId("bot8")));
        assertThat(get(vault.rotate(key(9)))).isEqualTo(1_202);
        assertThat(get(vault.rotate(key(9)))).isZero();
        assertThat(get(under(key(9)).open(new AccountId("bot7")))).isEqualTo(before);
        assertThatThrownBy(() -> get(vault.open(new AccountId("bot7")))).hasCauseInstanceOf(StoreException.class);
    }
}
