package dev.waggle.platform.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.platform.chaos.History.Chat;
import dev.waggle.platform.chaos.History.Copies;
import dev.waggle.platform.chaos.History.Event;
import dev.waggle.platform.chaos.History.Heard;
import dev.waggle.platform.chaos.History.Said;
import dev.waggle.platform.chaos.History.Send;
import dev.waggle.platform.chaos.History.Server;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Each planted fault is found, under its name; a sound history has none.
class CheckerTest {
    private static final Chat CHAT = new Chat("a", "4917");
    private static final String PHONE = "4917@s.whatsapp.net";

    private final List<Send> sends = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    private final List<Heard> heard = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<String> reused = new ArrayList<>();
    private final List<String> superseded = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final List<Copies> copies = new ArrayList<>();
    private final List<String> deadLetters = new ArrayList<>();
    private long unobserved;

    /// Three texts each way, all as it should be.
    CheckerTest() {
        for (int i = 1; i <= 3; i++) {
            sends.add(new Send(CHAT, i, "key" + i, "out " + i, List.of("S" + i), 0));
            heard.add(new Heard(CHAT, "S" + i, "out " + i));
            copies.add(new Copies("a:1", "S" + i, 0, Map.of(PHONE, 1)));
            said.add(new Said(CHAT, i, "in " + i, "R" + i));
            event("message.received", "R" + i, CHAT.contact(), "in " + i);
            event("message.sent", "S" + i, "", "");
            event("message.delivered", "S" + i, "", "");
        }
    }

    private void event(String type, String message, String contact, String text) {
        events.add(new Event("a", events.size() + 1, 1, type, message, contact, text));
    }

    private Set<String> rules(List<Event> live) {
        Server server = new Server(reused, superseded, broken, copies, unobserved);
        Set<String> names = new TreeSet<>();
        Checker.check(new History(sends, said, heard, live, events, server, deadLetters))
                .forEach(violation -> names.add(violation.rule()));
        return names;
    }

    private Set<String> rules() {
        return rules(events);
    }

    /// Leaves one out and numbers the rest anew.
    private void edit(UnaryOperator<List<Event>> change) {
        List<Event> left = change.apply(new ArrayList<>(events));
        events.clear();
        left.forEach(old -> event(old.type(), old.message(), old.contact(), old.text()));
    }

    private static Event of(String type, String message, List<Event> events) {
        return events.stream()
                .filter(event -> event.type().equals(type) && event.message().equals(message))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_sound_history_has_no_violation() {
        assertThat(rules()).isEmpty();
    }

    @Test
    void an_accepted_send_that_never_arrives_is_lost() {
        heard.remove(1);
        assertThat(rules()).containsExactly("send-lost");
    }

    @Test
    void a_send_that_nobody_answered_is_named() {
        sends.set(2, new Send(CHAT, 3, "key3", "out 3", List.of(), 0));
        assertThat(rules()).containsExactly("send-unanswered");
    }

    @Test
    void a_text_that_a_contact_shows_twice_is_found() {
        heard.add(new Heard(CHAT, "S9", "out 3"));
        assertThat(rules()).contains("send-twice", "send-invented");
    }

    @Test
    void a_text_that_nobody_sent_is_found() {
        heard.add(new Heard(CHAT, "S9", "boo"));
        assertThat(rules()).containsExactly("send-invented");
    }

    @Test
    void sends_in_another_order_are_found() {
        Collections.swap(heard, 0, 1);
        assertThat(rules()).containsExactly("send-reordered");
    }

    @Test
    void a_key_that_was_accepted_twice_is_found() {
        sends.set(0, new Send(CHAT, 1, "key1", "out 1", List.of("S1", "S8"), 1));
        assertThat(rules()).contains("double-accept");
    }

    @Test
    void one_id_for_two_keys_is_found() {
        sends.set(1, new Send(CHAT, 2, "key2", "out 2", List.of("S1"), 0));
        assertThat(rules()).contains("double-accept");
    }

    @Test
    void a_send_that_failed_is_found() {
        event("message.failed", "S3", "", "");
        assertThat(rules()).containsExactly("send-failed");
    }

    @Test
    void a_server_ack_that_is_told_twice_or_never_is_found() {
        event("message.sent", "S3", "", "");
        edit(all -> {
            all.remove(of("message.sent", "S1", all));
            return all;
        });
        assertThat(rules()).containsExactly("sent-missing", "sent-twice");
    }

    @Test
    void a_delivery_that_is_told_twice_or_never_is_found() {
        event("message.delivered", "S3", "", "");
        edit(all -> {
            all.remove(of("message.delivered", "S1", all));
            return all;
        });
        assertThat(rules()).containsExactly("delivered-missing", "delivered-twice");
    }

    @Test
    void a_message_that_was_dropped_is_lost() {
        edit(all -> {
            all.remove(of("message.received", "R2", all));
            return all;
        });
        assertThat(rules()).containsExactly("message-lost");
    }

    @Test
    void a_message_that_shows_twice_is_found() {
        event("message.received", "R3", CHAT.contact(), "in 3");
        assertThat(rules()).containsExactly("message-twice");
    }

    @Test
    void a_message_that_nobody_said_or_that_reads_otherwise_is_found() {
        event("message.received", "R9", CHAT.contact(), "in 9");
        assertThat(rules()).containsExactly("message-invented");
        said.set(0, new Said(CHAT, 1, "in one", "R1"));
        assertThat(rules()).containsExactly("message-invented");
    }

    @Test
    void messages_in_another_order_are_found() {
        edit(all -> {
            Collections.swap(
                    all,
                    all.indexOf(of("message.received", "R1", all)),
                    all.indexOf(of("message.received", "R2", all)));
            return all;
        });
        assertThat(rules()).containsExactly("message-reordered");
    }

    @Test
    void a_message_that_could_not_be_opened_is_found() {
        event("message.undecryptable", "R3", CHAT.contact(), "");
        assertThat(rules()).containsExactly("message-undecryptable");
    }

    @Test
    void a_gap_in_the_sequence_is_found() {
        events.remove(of("account.state", "", withState()));
        assertThat(rules()).containsExactly("sequence-gap");
    }

    private List<Event> withState() {
        event("account.state", "", "", "");
        event("account.state", "", "", "ONLINE");
        return events;
    }

    @Test
    void a_follower_who_got_an_event_twice_is_told() {
        List<Event> live = new ArrayList<>(events);
        live.add(live.getLast());
        assertThat(rules(live)).containsExactly("sequence-gap");
    }

    @Test
    void an_event_that_was_shown_and_then_became_another_is_found() {
        List<Event> live = new ArrayList<>(events);
        live.set(0, new Event("a", 1, 1, "message.received", "R0", CHAT.contact(), "in 0"));
        assertThat(rules(live)).containsExactly("event-changed");
    }

    @Test
    void an_event_of_an_earlier_owner_behind_a_later_one_is_found() {
        Event first = events.getFirst();
        events.set(0, new Event("a", 1, 2, first.type(), first.message(), first.contact(), first.text()));
        assertThat(rules()).containsExactly("epoch-back");
    }

    @Test
    void a_reused_key_is_found() {
        reused.add("ratchet counter 7");
        assertThat(rules()).containsExactly("key-reused");
    }

    @Test
    void a_stanza_of_a_superseded_connection_and_a_broken_rule_are_found() {
        superseded.add("a:1 message");
        broken.add("phash");
        assertThat(rules()).containsExactly("protocol", "superseded-stanza");
    }

    @Test
    void a_copy_too_many_is_found_and_one_after_a_kill_is_not() {
        copies.set(0, new Copies("a:1", "S1", 0, Map.of(PHONE, 2)));
        assertThat(rules()).containsExactly("too-many-copies");
        sends.set(0, new Send(CHAT, 1, "key1", "out 1", List.of("S1", "S1"), 1));
        assertThat(rules()).isEmpty();
        copies.set(0, new Copies("a:1", "S1", 1, Map.of(PHONE, 3)));
        assertThat(rules()).isEmpty();
    }

    @Test
    void a_message_that_reached_nobody_inside_the_node_is_found() {
        deadLetters.add("12:00:00 WARN DeadLetters dead letter 1: Stop to pekko://waggle/user/gone");
        assertThat(rules()).containsExactly("dead-letter");
    }

    @Test
    void a_report_that_is_not_whole_proves_nothing() {
        unobserved = 1;
        assertThat(rules()).containsExactly("unobserved");
    }
}
