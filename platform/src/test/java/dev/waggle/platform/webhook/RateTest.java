package dev.waggle.platform.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.AccountId;
import dev.waggle.platform.port.webhook.Ordering;
import dev.waggle.storage.BackendDriver;
import dev.waggle.storage.StorageSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What was written before a webhook came is told in one go, over the embedded store and sealed.
/// `-Dwaggle.webhook.rate.events=20000` tells how fast.
@Timeout(300)
class RateTest {
    private static final int EVENTS = Integer.getInteger("waggle.webhook.rate.events", 400);

    @TempDir
    Path data;

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 16", "16, 16"})
    void everything_that_waits_is_told(int accounts, int chats) throws Exception {
        try (Rig rig = new Rig(Map.of(), BackendDriver.named("sqlite").start(StorageSettings.in(data)))) {
            CountDownLatch taken = new CountDownLatch(EVENTS);
            rig.receiver.mood(_ -> {
                taken.countDown();
                return Receiver.TAKEN;
            });
            List<AccountId> all = new ArrayList<>();
            for (int i = 0; i < accounts; i++) {
                all.add(rig.account("bee" + i));
                rig.events(all.getLast(), EVENTS / accounts, chats);
            }
            long began = System.nanoTime();
            String id = rig.made(Ordering.CHAT).webhook().id();
            assertThat(taken.await(280, TimeUnit.SECONDS)).isTrue();
            double seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf(
                    "%d accounts, %d chats each: %d events in %.1f s, %.0f/s%n",
                    accounts, chats, EVENTS, seconds, EVENTS / seconds);
            for (AccountId account : all) {
                assertThat(rig.settled(id, account).delivered()).isEqualTo(EVENTS / accounts);
            }
        }
    }
}
