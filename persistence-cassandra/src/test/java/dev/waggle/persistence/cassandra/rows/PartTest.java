package dev.waggle.persistence.cassandra.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.persistence.cassandra.TestCassandra;
import dev.waggle.persistence.cassandra.link.Link;
import dev.waggle.storage.keyvalue.KeyValues;
import dev.waggle.storage.keyvalue.KeyValues.Changing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What two nodes change together, each of which guesses what stands there.
class PartTest {
    private static final String KEY = "\0document:COUNT\0one";
    private static final int ROUNDS = 25;

    private static Link link;

    private KeyValues here;
    private KeyValues there;

    @BeforeAll
    static void connect() {
        link = TestCassandra.link();
    }

    @AfterAll
    static void disconnect() {
        link.close();
    }

    @BeforeEach
    void begin() {
        String prefix = TestCassandra.unique("part") + ":";
        here = new SharedValues(link.session(), "waggle", prefix);
        there = new SharedValues(link.session(), "waggle", prefix);
    }

    @AfterEach
    void end() {
        here.close();
        there.close();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static int count(KeyValues.Reading reading) {
        return reading.get(KEY).map(bytes -> bytes.unsafeArray()[0]).orElse((byte) 0);
    }

    private static int increment(Changing changing) {
        int next = count(changing) + 1;
        changing.put(KEY, Bytes.wrap(new byte[] {(byte) next}));
        return next;
    }

    @Test
    void changes_in_turn_build_on_each_other() {
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(get(here.change(KEY, PartTest::increment))).isEqualTo(3 * i + 1);
            assertThat(get(here.change(KEY, PartTest::increment))).isEqualTo(3 * i + 2);
            assertThat(get(there.change(KEY, PartTest::increment))).isEqualTo(3 * i + 3);
        }
    }

    @Test
    void changes_at_once_are_all_made() {
        List<CompletionStage<Integer>> all = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            all.add(here.change(KEY, PartTest::increment));
            all.add(there.change(KEY, PartTest::increment));
        }
        assertThat(all).extracting(PartTest::get).doesNotHaveDuplicates();
        assertThat(get(here.read(PartTest::count))).isEqualTo(2 * ROUNDS);
    }

    @Test
    void a_step_that_changes_nothing_answers_for_now() {
        get(here.change(KEY, PartTest::increment));
        get(there.change(KEY, PartTest::increment));
        assertThat(get(here.change(KEY, PartTest::count))).isEqualTo(2);
    }
}
