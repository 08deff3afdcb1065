package dev.waggle.signal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.signal.message.PreKeyMessage;
import dev.waggle.signal.message.RatchetMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Sends, receives, write-behinds, farewells and deaths in any order: no (chain, counter) may leave twice. What
/// left is read from the bytes themselves, not from the record that is on trial.
class SessionLeaseTest {
    private static final int STEPS = 400;

    /// How the account under trial loads, and whether it waits for the store when it is told to.
    private record Habits(Function<Bytes, SessionRecord> load, boolean storesFirst) {}

    private static final Habits GOOD =
            new Habits(stored -> SessionRecord.parse(stored.toArray()).resume(), true);

    @Test
    void no_counter_leaves_twice_and_the_other_side_reads_all_that_arrives() {
        for (int seed = 0; seed < 30; seed++) {
            assertThat(reused(GOOD, seed)).as("seed %s", seed).isZero();
        }
    }

    @Test
    void a_load_that_does_not_resume_is_caught() {
        var forgetful = new Habits(stored -> SessionRecord.parse(stored.toArray()), true);
        assertThat(reused(forgetful, 1)).isPositive();
    }

    @Test
    void a_sender_that_does_not_store_first_is_caught() {
        assertThat(reused(new Habits(GOOD.load(), false), 1)).isPositive();
    }

    private static int reused(Habits habits, int seed) {
        var trial = new Trial(habits, new Random(seed));
        for (int step = 0; step < STEPS; step++) {
            trial.step();
        }
        return trial.reused;
    }

    private static final class Trial {
        private final Habits habits;
        private final Random dice;
        private final Party we = new Party();
        private final Party they = new Party();
        private final Set<String> left = new HashSet<>();
        /// What we have read since the last store: the server delivers it again after a death.
        private final List<Encrypted> redelivered = new ArrayList<>();
        private Bytes stored;
        private int reused;
        private int number;

        Trial(Habits habits, Random dice) {
            this.habits = habits;
            this.dice = dice;
            if (dice.nextBoolean()) {
                we.start(they.bundle());
            } else {
                they.start(we.bundle());
                we.reads(they.send("hello"), "hello");
            }
            stored = we.live().encode();
        }

        void step() {
            switch (dice.nextInt(12)) {
                case 0 -> die();
                case 1 -> store(we.live());
                case 2 -> farewell();
                case 3, 4, 5 -> receive();
                default -> send();
            }
        }

        private void send() {
            var text = "m" + number++;
            var sent = we.send(text);
            if (sent.mustStoreFirst() && habits.storesFirst()) {
                store(sent.next());
            }
            reused += left.add(named(sent)) ? 0 : 1;
            if (dice.nextInt(4) > 0 && habits.equals(GOOD)) {
                they.reads(sent, text);
            }
        }

        private void receive() {
            if (they.record == null || !they.live().hasSession()) {
                return;
            }
            var message = they.send("t" + number++);
            if (we.receive(message) instanceof DecryptOutcome.Plaintext) {
                redelivered.add(message);
            }
        }

        private void store(SessionRecord record) {
            stored = record.encode();
            redelivered.clear();
        }

        private void farewell() {
            store(we.live().parked());
            we.record = habits.load().apply(stored);
        }

        private void die() {
            we.record = habits.load().apply(stored);
            for (var message : List.copyOf(redelivered)) {
                var outcome = we.receive(message);
                if (habits.equals(GOOD)) {
                    assertThat(outcome).isInstanceOf(DecryptOutcome.Plaintext.class);
                }
            }
        }

        private static String named(Encrypted sent) {
            var bytes = sent.ciphertext().toArray();
            var message = sent.type() == CiphertextType.PRE_KEY
                    ? PreKeyMessage.parse(bytes).message()
                    : RatchetMessage.parse(bytes);
            return message.ratchetKey().toHex() + ":" + message.counter();
        }
    }
}
