package dev.waggle.platform.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.Contacts.Heard;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.persistence.testkit.JournalOperation;
import org.apache.pekko.persistence.testkit.ProcessingPolicy;
import org.apache.pekko.persistence.testkit.ProcessingResult;
import org.apache.pekko.persistence.testkit.ProcessingSuccess;
import org.apache.pekko.persistence.testkit.WriteEvents;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// An owner whose right to act ends at the worst moment: while an event is being written.
@Timeout(120)
class TenureTest {
    private LinkedAccount bee;
    private PersistenceTestKit journal;
    private User carla;
    private Device device;

    @BeforeEach
    void link() throws Exception {
        bee = new LinkedAccount();
        bee.eventually(() -> bee.count("digests"), count -> count == 1);
        journal = PersistenceTestKit.create(bee.kit.system());
        carla = bee.contact("Carla");
        device = bee.device();
    }

    @AfterEach
    void close() {
        assertThat(bee.report().violations()).isEmpty();
        bee.close();
    }

    /// The next event is written, and when its writer hears of that its time is over.
    private void endInsideOfPersist() {
        journal.withPolicy(new ProcessingPolicy<JournalOperation>() {
            @Override
            public ProcessingResult tryProcess(String id, JournalOperation operation) {
                if (operation instanceof WriteEvents) {
                    bee.tenure.set(false);
                }
                return ProcessingSuccess.getInstance();
            }
        });
    }

    private void begin() {
        journal.resetPolicy();
        bee.tenure.set(true);
    }

    private boolean online() {
        return bee.ask(() -> bee.exchange.online(device));
    }

    private List<String> heard() {
        return bee.ask(() -> bee.exchange.contacts().heard(carla, 0)).stream()
                .map(Heard::text)
                .toList();
    }

    private List<String> received() {
        return bee.events.page(bee.id, 0, Set.of("message.received"), 1_000).toCompletableFuture().join().stream()
                .map(event -> event.getMessage().getText())
                .toList();
    }

    private long greetings() {
        return bee.count("greetingsXx") + bee.count("greetingsIk") + bee.count("greetingsFallback");
    }

    @Test
    void a_send_that_was_journaled_too_late_is_not_accepted_and_leaves_with_the_next_owner() {
        endInsideOfPersist();
        assertThat(bee.refused(carla.pn(), "hello")).contains(Refusal.Code.JOURNAL_UNAVAILABLE);
        bee.eventually(this::online, online -> !online);
        assertThat(heard()).isEmpty();
        begin();
        bee.eventually(this::heard, texts -> !texts.isEmpty());
        bee.eventually(() -> bee.refused(carla.pn(), "hello"), Optional::isEmpty);
        bee.eventually(() -> bee.refused(carla.pn(), "and more"), Optional::isEmpty);
        bee.eventually(this::heard, texts -> texts.contains("and more"));
        assertThat(heard()).containsExactly("hello", "and more");
    }

    @Test
    void a_message_that_was_journaled_too_late_is_not_receipted_and_shows_once() {
        Jid self = device.user().pn();
        endInsideOfPersist();
        bee.ask(() -> bee.exchange.contacts().say(carla, self, "are you there"));
        bee.eventually(this::online, online -> !online);
        assertThat(bee.ask(() -> bee.exchange.waiting(device)))
                .as("that the server still has")
                .isPositive();
        begin();
        bee.eventually(() -> bee.ask(() -> bee.exchange.waiting(device)), waiting -> waiting == 0);
        bee.ask(() -> bee.exchange.contacts().say(carla, self, "again"));
        bee.eventually(this::received, texts -> texts.contains("again"));
        assertThat(received()).containsExactly("are you there", "again");
    }

    @Test
    void without_it_everybody_is_refused_and_nobody_is_dialled() throws Exception {
        long before = greetings();
        bee.tenure.set(false);
        for (int i = 0; i < 5; i++) {
            assertThat(bee.refused(carla.pn(), "text " + i)).contains(Refusal.Code.JOURNAL_UNAVAILABLE);
        }
        bee.eventually(this::online, online -> !online);
        assertThat(bee.answer(AccountCommand.Describe::new)).isInstanceOf(Answer.Refused.class);
        assertThat(greetings()).isEqualTo(before);
        begin();
        bee.eventually(() -> bee.refused(carla.pn(), "at last"), Optional::isEmpty);
        bee.eventually(this::heard, texts -> !texts.isEmpty());
        assertThat(heard()).containsExactly("at last");
        assertThat(greetings()).isEqualTo(before + 1);
    }
}
