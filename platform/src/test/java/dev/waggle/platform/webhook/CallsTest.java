package dev.waggle.platform.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.AccountId;
import dev.waggle.platform.webhook.shelf.Pair;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallsTest {
    private final Calls calls = new Calls(2);
    private final List<String> called = new ArrayList<>();

    private static Pair pair(String webhook, String account) {
        return new Pair(webhook, new AccountId(account));
    }

    private boolean begin(Pair pair) {
        return calls.begin(pair, () -> called.add(pair.toString()));
    }

    @Test
    void a_webhook_that_hangs_takes_no_room_of_another() {
        assertThat(begin(pair("a", "x"))).isTrue();
        assertThat(begin(pair("a", "y"))).isTrue();
        assertThat(begin(pair("a", "z"))).isFalse();
        assertThat(begin(pair("b", "x"))).isTrue();
        assertThat(called).isEmpty();
    }

    @Test
    void who_waits_is_called_in_turn() {
        begin(pair("a", "x"));
        begin(pair("a", "x"));
        begin(pair("a", "y"));
        begin(pair("a", "z"));
        begin(pair("a", "y"));
        calls.end(pair("a", "x"));
        assertThat(called).containsExactly("a/y");
        assertThat(begin(pair("a", "y"))).isTrue();
        calls.end(pair("a", "x"));
        assertThat(called).containsExactly("a/y", "a/z");
    }

    @Test
    void who_was_called_and_wants_nothing_passes_it_on() {
        begin(pair("a", "x"));
        begin(pair("a", "x"));
        begin(pair("a", "y"));
        begin(pair("a", "z"));
        calls.end(pair("a", "x"));
        calls.pass(pair("a", "y"));
        assertThat(called).containsExactly("a/y", "a/z");
    }

    @Test
    void who_ends_while_called_or_waiting_holds_nobody_up() {
        begin(pair("a", "x"));
        begin(pair("a", "x"));
        begin(pair("a", "y"));
        begin(pair("a", "z"));
        calls.leave(pair("a", "y"));
        assertThat(called).isEmpty();
        calls.end(pair("a", "x"));
        assertThat(called).containsExactly("a/z");
    }
}
