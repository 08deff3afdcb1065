package dev.waggle.platform.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.simulator.directory.User;
import dev.waggle.storage.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.Test;

/// Stores that do not follow: what may pile up in memory has a limit (rule D7), and nothing is lost at it.
class FarBehindTest {
    private static final int TEXTS = 60;
    private static final int LATE = 20;

    @Test
    void what_comes_in_waits_with_the_server_and_what_should_go_out_is_refused_until_the_stores_follow()
            throws Exception {
        try (LinkedAccount bee = new LinkedAccount(
                new AccountServices.Limits(10_000, 4, Duration.ofDays(3), 1_000, 1_000, Duration.ofDays(30)))) {
            bee.eventually(() -> bee.count("digests"), count -> count == 1);
            User carla = bee.contact("Carla");
            bee.send(carla.pn(), "before");
            bee.provider.faults().failWrites(StoreException.Code.STORAGE_UNAVAILABLE);
            var device = bee.device();
            for (int i = 0; i < TEXTS; i++) {
                String text = "text " + i;
                bee.ask(() -> bee.exchange.contacts().say(carla, device.user().pn(), text));
            }
            bee.eventually(() -> bee.refused(carla.pn(), "too much"), Optional::isPresent);
            assertThat(bee.refused(carla.pn(), "too much")).contains(Refusal.Code.MAILBOX_FULL);

            for (int i = 0; i < LATE; i++) {
                String text = "text " + (TEXTS + i);
                bee.ask(() -> bee.exchange.contacts().say(carla, device.user().pn(), text));
            }
            for (int i = 0; i < 200; i++) {
                assertThat(bee.refused(carla.pn(), "too much")).isPresent();
            }
            assertThat(bee.ask(() -> bee.exchange.waiting(device)))
                    .as("what was not journaled is not acknowledged")
                    .isGreaterThanOrEqualTo(LATE);

            bee.provider.faults().healWrites();
            List<String> texts = bee.events
                    .tail(bee.id, 0, Set.of("message.received"))
                    .take(TEXTS + LATE)
                    .map(PublicEvent::getMessage)
                    .map(message -> message.getText())
                    .runWith(Sink.seq(), bee.kit.system())
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            assertThat(texts)
                    .containsExactlyElementsOf(IntStream.range(0, TEXTS + LATE)
                            .mapToObj(i -> "text " + i)
                            .toList());
            bee.eventually(() -> bee.refused(carla.pn(), "after"), Optional::isEmpty);
            assertThat(bee.report().violations()).isEmpty();
        }
    }
}
