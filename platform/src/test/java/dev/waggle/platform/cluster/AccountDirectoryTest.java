package dev.waggle.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.AccountId;
import dev.waggle.storage.control.AccountRow;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.memory.MemoryProvider;
import dev.waggle.transport.runtime.TaskRuntime;
import dev.waggle.transport.runtime.ThreadRuntime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Directories of several nodes over one store.
class AccountDirectoryTest {
    private static final AccountId BEE = new AccountId("bee");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final ControlStore store = new MemoryProvider().control();
    private final TaskRuntime runtime = new ThreadRuntime(100);
    private AccountDirectory ahead;
    private AccountDirectory next;
    private AccountDirectory reader;

    @BeforeEach
    void open() {
        ahead = directory();
        next = directory();
        reader = directory();
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    private AccountDirectory directory() {
        return AccountDirectory.open(store, runtime, true).toCompletableFuture().join();
    }

    private static AccountRow row(String observed, Instant at) {
        return new AccountRow(BEE, "RUNNING", observed, "Bee", List.of(), Map.of(), null, null, null, at);
    }

    private static void tell(AccountDirectory from, AccountDirectory... to) {
        from.listen(row -> {
            for (AccountDirectory one : to) {
                one.heard(row);
            }
        });
    }

    @Test
    void an_owner_whose_clock_is_ahead_does_not_hide_what_the_next_one_says() {
        tell(ahead, next, reader);
        tell(next, ahead, reader);
        ahead.put(row("ONLINE", NOW.plusSeconds(3_600))).toCompletableFuture().join();
        next.put(row("WAITING", NOW)).toCompletableFuture().join();
        for (AccountDirectory one : List.of(ahead, next, reader, directory())) {
            assertThat(one.find(BEE)).map(AccountRow::observedState).contains("WAITING");
        }
        next.put(row("ONLINE", NOW.plusSeconds(1))).toCompletableFuture().join();
        assertThat(reader.find(BEE)).map(AccountRow::observedState).contains("ONLINE");
    }

    @Test
    void whom_nobody_can_speak_for_waits_on_every_node_until_an_owner_says_otherwise() {
        tell(ahead, next, reader);
        tell(next, ahead, reader);
        ahead.put(row("ONLINE", NOW)).toCompletableFuture().join();
        ahead.adrift(BEE);
        for (AccountDirectory one : List.of(ahead, next, reader)) {
            assertThat(one.find(BEE)).map(AccountRow::observedState).contains("WAITING");
        }
        assertThat(store.account(BEE).toCompletableFuture().join())
                .as("what was written stays")
                .map(AccountRow::observedState)
                .contains("ONLINE");
        next.put(row("ONLINE", NOW)).toCompletableFuture().join();
        for (AccountDirectory one : List.of(ahead, next, reader)) {
            assertThat(one.find(BEE)).map(AccountRow::observedState).contains("ONLINE");
        }
        next.put(row("LOGGED_OUT", NOW)).toCompletableFuture().join();
        next.adrift(BEE);
        assertThat(reader.find(BEE)).map(AccountRow::observedState).contains("LOGGED_OUT");
    }

    @Test
    void who_missed_some_of_it_has_it_right_after_the_next_reading() {
        tell(ahead, reader);
        ahead.put(row("ONLINE", NOW.plusSeconds(3_600))).toCompletableFuture().join();
        next.put(row("WAITING", NOW)).toCompletableFuture().join();
        reader.reread().toCompletableFuture().join();
        assertThat(reader.find(BEE)).map(AccountRow::observedState).contains("WAITING");
    }

    @Test
    void an_account_that_was_removed_elsewhere_is_told_of_once_it_is_noticed() {
        List<AccountId> lost = new ArrayList<>();
        reader.listenForLosses(lost::add);
        ahead.put(row("ONLINE", NOW)).toCompletableFuture().join();
        reader.reread().toCompletableFuture().join();
        assertThat(lost).isEmpty();
        ahead.remove(BEE).toCompletableFuture().join();
        reader.reread().toCompletableFuture().join();
        assertThat(lost).containsExactly(BEE);
        reader.heardGone(BEE);
        assertThat(lost).containsExactly(BEE, BEE);
        assertThat(reader.find(BEE)).isEmpty();
    }
}
