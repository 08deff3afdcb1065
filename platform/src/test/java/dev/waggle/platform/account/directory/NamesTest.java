package dev.waggle.platform.account.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.platform.port.Contacts.Identity;
import dev.waggle.storage.Backend;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.cache.AccountCache;
import dev.waggle.storage.cache.CacheDriver;
import dev.waggle.storage.cache.CacheSettings;
import dev.waggle.storage.memory.MemoryProvider;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Whether a pair of names has to go into the journal with the message that told of it.
class NamesTest {
    private static final Jid LID = Jid.lid("200000000000002");
    private static final Jid PN = Jid.pn("4915550002");
    private static final Jid OTHER_PN = Jid.pn("4915550003");

    private final MemoryProvider provider = new MemoryProvider();
    private final Backend store =
            provider.open(new AccountId("demo")).toCompletableFuture().join();
    private final Directory directory = owner();

    private Directory owner() {
        AccountCache cache = AccountCache.plain(
                new AccountId("demo"), CacheDriver.named("memory").start(CacheSettings.DEFAULT), CacheSettings.DEFAULT);
        return new Directory(store, new FreshCache(cache, 1), Bytes.EMPTY, Clock.systemUTC());
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void a_pair_is_known_once_the_store_has_it_and_news_again_when_it_is_another() throws Exception {
        assertThat(get(directory.learn(LID, PN))).isFalse();
        assertThat(get(directory.learn(LID, PN))).isTrue();
        assertThat(get(owner().learn(LID, PN))).as("by another owner").isTrue();
        assertThat(get(directory.learn(LID, OTHER_PN))).isFalse();
        assertThat(get(directory.known(LID))).isEqualTo(new Identity(OTHER_PN, LID));
    }

    @Test
    void a_pair_that_the_store_did_not_take_stays_news() throws Exception {
        provider.faults().failWrites(StoreException.Code.STORAGE_UNAVAILABLE);
        assertThat(get(directory.learn(LID, PN))).isFalse();
        assertThat(get(directory.learn(LID, PN))).isFalse();
        provider.faults().healWrites();
        assertThat(get(directory.known(LID))).isEqualTo(new Identity(PN, LID));
    }
}
