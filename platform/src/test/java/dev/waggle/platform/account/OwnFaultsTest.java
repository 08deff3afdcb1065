package dev.waggle.platform.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Group;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.Contacts.Heard;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an error of ours in one actor does to the account: the account begins anew and nothing is lost. An account
/// of which a part is dead would say ONLINE and do nothing.
class OwnFaultsTest {
    private static final String ROOM = Account.class.getPackageName();
    private LinkedAccount bee;

    @BeforeEach
    void link() throws Exception {
        bee = new LinkedAccount();
        bee.eventually(() -> bee.count("digests"), count -> count == 1);
    }

    @AfterEach
    void close() {
        assertThat(bee.report().violations()).isEmpty();
        bee.close();
    }

    @Test
    void a_link_that_fails_is_dialled_again() throws Exception {
        bee.mine.lay(ROOM + ".connection.Link");
        bee.cut();
        assertThat(bee.mine.laid()).isFalse();
    }

    @Test
    void a_connection_that_fails_begins_anew_with_the_account() throws Exception {
        bee.mine.lay(ROOM + ".connection.Connection");
        bee.cut();
        assertThat(bee.mine.laid()).isFalse();
    }

    @Test
    void a_cipher_that_fails_costs_no_accepted_send() {
        User carla = bee.contact("Carla");
        bee.mine.lay(ROOM + ".ciphers.SessionCipher");
        bee.send(carla.pn(), "still here");
        assertThat(bee.eventually(() -> heard(carla), heard -> !heard.isEmpty()))
                .extracting(Heard::text, Heard::copies)
                .containsExactly(tuple("still here", 1));
        assertThat(bee.mine.laid()).isFalse();
    }

    @Test
    void a_group_cipher_that_fails_costs_no_accepted_send() throws Exception {
        User carla = bee.contact("Carla");
        User self = bee.device().user();
        Jid group = bee.ask(() -> {
            Group made = bee.exchange.groups().create(carla, "Hive", bee.exchange.now());
            made.put(self, Group.Role.MEMBER);
            return made.id();
        });
        bee.mine.lay(ROOM + ".ciphers.GroupCipher");
        bee.send(group, "all of you");
        assertThat(bee.eventually(() -> heard(carla), heard -> !heard.isEmpty()))
                .extracting(Heard::text, Heard::copies)
                .containsExactly(tuple("all of you", 1));
        assertThat(bee.mine.laid()).isFalse();
    }

    private List<Heard> heard(User contact) {
        return bee.ask(() -> bee.exchange.contacts().heard(contact, 0));
    }
}
