package dev.waggle.platform.chaos.storm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.platform.chaos.Checker;
import dev.waggle.platform.chaos.History;
import dev.waggle.platform.chaos.History.Chat;
import dev.waggle.platform.chaos.History.Copies;
import dev.waggle.platform.chaos.History.Event;
import dev.waggle.platform.chaos.History.Heard;
import dev.waggle.platform.chaos.History.Said;
import dev.waggle.platform.chaos.History.Send;
import dev.waggle.platform.chaos.History.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The checker finds a broken promise of each kind among several accounts, and none where none is.
class PlantTest {
    private static final int ACCOUNTS = 3;
    private static final int TEXTS = 4;

    private static History sound() {
        List<Send> sends = new ArrayList<>();
        List<Said> said = new ArrayList<>();
        List<Heard> heard = new ArrayList<>();
        List<Event> log = new ArrayList<>();
        List<Copies> copies = new ArrayList<>();
        for (int a = 1; a <= ACCOUNTS; a++) {
            String account = "bee-" + a;
            Chat chat = new Chat(account, "491" + a);
            long sequence = 0;
            for (int i = 1; i <= TEXTS; i++) {
                // The same ids in every account: they are the account's own.
                sends.add(new Send(chat, i, account + " key " + i, "out " + i, List.of(a + "S" + i), 0));
                heard.add(new Heard(chat, a + "S" + i, "out " + i));
                said.add(new Said(chat, i, "in " + i, "R" + i));
                copies.add(new Copies(account, a + "S" + i, 0, Map.of("phone", 1)));
                log.add(new Event(account, ++sequence, i, "message.received", "R" + i, chat.contact(), "in " + i));
                log.add(new Event(account, ++sequence, i, "message.sent", a + "S" + i, "", ""));
                log.add(new Event(account, ++sequence, i, "message.delivered", a + "S" + i, "", ""));
            }
        }
        return new History(
                sends, said, heard, log, log, new Server(List.of(), List.of(), List.of(), copies, 0), List.of());
    }

    @Test
    void several_accounts_that_kept_every_promise_break_none() {
        assertThat(Checker.check(sound())).isEmpty();
    }

    @Test
    void a_broken_promise_of_each_kind_is_found() {
        assertThat(Plant.missed(sound())).isEmpty();
    }

    @Test
    void a_history_in_which_nothing_can_be_broken_is_no_proof() {
        History silent =
                new History(List.of(), List.of(), List.of(), List.of(), List.of(), sound().server(), List.of());
        assertThat(Plant.missed(silent)).contains("send-lost", "message-lost", "sequence-gap");
    }
}
