package dev.waggle.platform.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.SignedKey;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.fault.Fault.Kind;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The keys that others need to reach an account, between the account and a server that verifies them.
class KeysTest {
    private LinkedAccount bee;
    private Device device;

    @BeforeEach
    void link() throws Exception {
        bee = new LinkedAccount();
        device = bee.device();
        bee.eventually(() -> bee.count("digests"), count -> count == 1);
    }

    @AfterEach
    void close() {
        assertThat(bee.report().violations()).isEmpty();
        bee.close();
    }

    private SignedKey atServer() {
        return bee.ask(() -> device.keys().signedKey());
    }

    private int stock() {
        return bee.ask(() -> bee.exchange.preKeys().count(device));
    }

    private void reachable(User contact, String text) throws Exception {
        var _ = bee.ask(() -> bee.exchange.contacts().say(contact, device.user().pn(), text));
        assertThat(bee.message(text)).extracting(PublicEvent::getType).isEqualTo("message.received");
    }

    private void rotate() throws Exception {
        bee.clock.forward(Duration.ofDays(28));
        long before = bee.count("rotations");
        bee.cut();
        bee.eventually(() -> bee.count("rotations"), count -> count == before + 1);
    }

    @Test
    void a_new_link_leaves_the_server_supplied_and_agreed_with() throws Exception {
        assertThat(stock()).isEqualTo(812);
        assertThat(atServer().id()).isEqualTo(1);
        assertThat(bee.count("keyUploads")).isEqualTo(1);
        reachable(bee.contact("Carla"), "hello");
    }

    @Test
    void a_rotated_key_is_handed_out_and_a_message_under_the_former_one_is_still_read() throws Exception {
        rotate();
        assertThat(atServer().id()).isEqualTo(2);
        reachable(bee.contact("Carla"), "under the new key");
        // The server goes back: who asks now gets the former key.
        bee.arm(Kind.LOSE_ROTATION, 1, 0, 0);
        assertThat(atServer().id()).isEqualTo(1);
        reachable(bee.contact("Dora"), "under the former key");
    }

    @Test
    void a_server_that_lost_the_keys_has_them_again_after_the_next_login() throws Exception {
        bee.arm(Kind.LOSE_KEYS, 1, 0, 0);
        assertThat(stock()).isZero();
        bee.cut();
        bee.eventually(this::stock, count -> count == 812);
        reachable(bee.contact("Carla"), "found again");
    }

    @Test
    void a_server_that_lost_a_rotation_is_told_again_after_the_next_login() throws Exception {
        rotate();
        bee.eventually(() -> bee.count("digests"), count -> count == 2);
        bee.arm(Kind.LOSE_ROTATION, 1, 0, 0);
        bee.clock.forward(Duration.ofHours(2));
        bee.cut();
        bee.eventually(() -> atServer().id(), id -> id == 2);
        assertThat(bee.count("keyUploads")).isEqualTo(2);
    }

    @Test
    void a_rotation_that_the_server_puts_off_happens_a_day_later_and_survives_the_process() throws Exception {
        bee.clock.forward(Duration.ofDays(28));
        bee.arm(Kind.REFUSE_ROTATION, 1, 503, 0);
        bee.cut();
        bee.eventually(bee::row, row -> row.getRotationNotBeforeMillis() > 0);
        assertThat(bee.row().getStagedPreKeyId()).isEqualTo(2);
        bee.clock.forward(Duration.ofDays(2));
        bee.restart();
        bee.until(ObservedState.ONLINE);
        bee.eventually(() -> atServer().id(), id -> id == 2);
        bee.eventually(bee::row, row -> row.getSignedPreKeyId() == 2);
        reachable(bee.contact("Carla"), "at last");
    }
}
