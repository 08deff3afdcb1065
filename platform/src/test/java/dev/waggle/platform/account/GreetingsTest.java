package dev.waggle.platform.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.waggle.address.Bytes;
import dev.waggle.proto.journal.DeviceRow;
import dev.waggle.simulator.fault.Fault.Kind;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How an account meets a server that it has met before.
class GreetingsTest {
    private LinkedAccount bee;

    @BeforeEach
    void link() throws Exception {
        bee = new LinkedAccount();
    }

    @AfterEach
    void close() {
        assertThat(bee.report().violations()).isEmpty();
        bee.close();
    }

    private void met(long xx, long ik, long fallback) {
        assertThat(bee.count("greetingsXx")).as("XX").isEqualTo(xx);
        assertThat(bee.count("greetingsIk")).as("IK").isEqualTo(ik);
        assertThat(bee.count("greetingsFallback")).as("fallback").isEqualTo(fallback);
    }

    @Test
    void a_new_server_is_met_by_xx_and_every_later_time_by_ik_also_after_a_restart() throws Exception {
        // The registration and the first login: before that there is no account to remember anything.
        met(2, 0, 0);
        bee.cut();
        met(2, 1, 0);
        bee.restart();
        bee.until(ObservedState.ONLINE);
        met(2, 2, 0);
        assertThat(bee.count("logins")).isEqualTo(3);
    }

    @Test
    void what_the_server_wants_to_see_first_is_shown_from_the_second_login_on() throws Exception {
        assertThat(bee.count("routedLogins")).isZero();
        bee.cut();
        assertThat(bee.count("routedLogins")).isEqualTo(1);
        assertThat(bee.row().getRoutingInfo().toByteArray())
                .isEqualTo(bee.device().routingInfo().toArray());
        bee.restart();
        bee.until(ObservedState.ONLINE);
        assertThat(bee.count("routedLogins")).isEqualTo(2);
    }

    @Test
    void a_server_with_a_new_key_is_met_by_fallback_and_resumed_with_that_key_afterwards() throws Exception {
        ByteString before = bee.row().getServerChain();
        bee.arm(Kind.ROTATE_SERVER_KEY, 1, 0, 0);
        bee.cut();
        met(2, 0, 1);
        assertThat(bee.row().getServerChain()).isNotEmpty().isNotEqualTo(before);
        bee.cut();
        met(2, 1, 1);
    }

    @Test
    void a_server_that_does_not_want_to_resume_is_met_by_fallback_each_time() throws Exception {
        bee.arm(Kind.REFUSE_RESUME, 2, 0, 0);
        bee.cut();
        bee.cut();
        met(2, 0, 2);
        bee.cut();
        met(2, 1, 2);
    }

    @Test
    void a_chain_whose_term_is_over_is_not_used() throws Exception {
        bee.clock.forward(Duration.ofDays(400));
        bee.arm(Kind.ROTATE_SERVER_KEY, 1, 0, 0);
        bee.cut();
        met(3, 0, 0);
        bee.cut();
        met(3, 1, 0);
    }

    @Test
    void a_kept_chain_that_was_tampered_with_is_not_used() throws Exception {
        bee.eventually(() -> bee.count("digests"), count -> count == 1);
        bee.run(false);
        DeviceRow row = bee.row();
        byte[] chain = row.getServerChain().toByteArray();
        chain[chain.length / 2] ^= 1;
        DeviceRow spoilt =
                row.toBuilder().setServerChain(ByteString.copyFrom(chain)).build();
        bee.store()
                .saveDevice(Bytes.wrap(spoilt.toByteArray()))
                .toCompletableFuture()
                .join();
        bee.restart();
        bee.run(true);
        bee.until(ObservedState.ONLINE);
        met(3, 0, 0);
        bee.cut();
        met(3, 1, 0);
    }

    @Test
    void a_wrong_answer_to_a_resumption_leads_to_xx_and_then_back_to_ik() throws Exception {
        bee.arm(Kind.SPOIL_GREETING, 1, 0, 0);
        bee.cut();
        met(3, 1, 0);
        bee.cut();
        met(3, 2, 0);
    }

    @Test
    void an_expired_chain_in_a_fallback_is_refused_and_what_is_kept_stays_good() throws Exception {
        bee.arm(Kind.EXPIRED_CHAIN, 1, 0, 0);
        bee.cut();
        met(2, 1, 1);
    }
}
