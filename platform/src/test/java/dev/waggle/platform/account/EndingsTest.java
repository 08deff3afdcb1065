package dev.waggle.platform.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.simulator.exchange.DeviceLink;
import dev.waggle.simulator.fault.Fault.Kind;
import dev.waggle.wire.node.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of an account when the server refuses a login or ends a stream, code by code. Each ending has a
/// server and an account of its own: a fault that has not struck yet must not strike in the next one.
class EndingsTest {
    private final LinkedAccount bee;

    EndingsTest() throws Exception {
        bee = new LinkedAccount();
    }

    @AfterEach
    void close() {
        bee.close();
    }

    /// Nothing but a person's word brings it back: no login is tried in the meantime.
    private void comesBackOnlyByAPerson(ObservedState ended) throws Exception {
        assertThat(bee.view().observed()).isEqualTo(ended);
        long logins = bee.count("logins") + bee.count("refusedLogins");
        bee.restart();
        assertThat(bee.view().observed()).isEqualTo(ended);
        assertThat(bee.count("logins") + bee.count("refusedLogins")).isEqualTo(logins);
        if (ended == ObservedState.LOGGED_OUT) {
            bee.pair();
        } else {
            bee.run(true);
            bee.until(ObservedState.ONLINE);
        }
    }

    private void refused(int code) throws Exception {
        bee.arm(Kind.FAILURE, 1, code, 0);
        bee.arm(Kind.CUT, 1, 0, 0);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "400, OUTDATED",
        "401, LOGGED_OUT",
        "402, BANNED",
        "403, LOGGED_OUT",
        "405, OUTDATED",
        "406, BANNED",
        "409, OUTDATED",
        "413, OUTDATED",
        "415, OUTDATED",
        "418, OUTDATED",
        "501, OUTDATED",
        "599, OUTDATED"
    })
    void a_refused_login_ends_the_link_until_a_person_acts(int code, ObservedState ended) throws Exception {
        refused(code);
        assertThat(bee.until(ended).getReason()).contains("login refused", Integer.toString(code));
        if (ended == ObservedState.BANNED) {
            AccountView.Restriction restriction =
                    Objects.requireNonNull(bee.view().restriction());
            assertThat(restriction.until()).isNull();
            assertThat(restriction.waCode()).isEqualTo(code);
        }
        comesBackOnlyByAPerson(ended);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void a_server_in_trouble_is_asked_again(int code) throws Exception {
        long refused = bee.count("refusedLogins");
        refused(code);
        assertThat(bee.until(ObservedState.WAITING)).isNotNull();
        bee.until(ObservedState.ONLINE);
        assertThat(bee.count("refusedLogins")).isGreaterThan(refused);
    }

    @Test
    void a_ban_for_a_time_names_its_end_and_is_over_by_itself() throws Exception {
        Instant before = bee.clock.instant();
        bee.arm(Kind.FAILURE, 1, 402, 600_000);
        bee.arm(Kind.CUT, 1, 0, 0);
        bee.until(ObservedState.BANNED);
        AccountView.Restriction restriction = Objects.requireNonNull(bee.view().restriction());
        assertThat(restriction.until())
                .isBetween(before.plusSeconds(600), bee.clock.instant().plusSeconds(601));
        assertThat(restriction.waCode()).isEqualTo(101);
        long logins = bee.count("logins");
        bee.restart();
        assertThat(bee.view().observed()).isEqualTo(ObservedState.BANNED);
        assertThat(bee.count("logins")).isEqualTo(logins);
        bee.clock.forward(Duration.ofSeconds(601));
        bee.restart();
        bee.until(ObservedState.ONLINE);
        assertThat(bee.view().restriction()).isNull();
    }

    @Test
    void the_ban_of_a_stopped_account_starts_nothing() throws Exception {
        bee.arm(Kind.FAILURE, 1, 402, 60_000);
        bee.arm(Kind.CUT, 1, 0, 0);
        bee.until(ObservedState.BANNED);
        bee.run(false);
        bee.clock.forward(Duration.ofSeconds(61));
        bee.restart();
        assertThat(bee.view().observed()).isEqualTo(ObservedState.BANNED);
        bee.run(true);
        bee.until(ObservedState.ONLINE);
    }

    @Test
    void a_restart_is_answered_at_once_and_a_second_one_is_not_run_against() throws Exception {
        bee.arm(Kind.STREAM_ERROR, 2, 515, 0);
        bee.until(ObservedState.ONLINE);
        assertThat(bee.view().observed()).isNotEqualTo(ObservedState.LOGGED_OUT);
    }

    @ParameterizedTest(name = "stream error {0}: {1}")
    @CsvSource({"401, LOGGED_OUT", "516, LOGGED_OUT", "409, REPLACED"})
    void a_stream_that_ends_for_good_ends_the_link(int code, ObservedState ended) throws Exception {
        bee.arm(Kind.STREAM_ERROR, 1, code, 0);
        bee.until(ended);
        comesBackOnlyByAPerson(ended);
    }

    @ParameterizedTest
    @ValueSource(ints = {503})
    void a_stream_that_ends_for_now_is_opened_again(int code) throws Exception {
        bee.arm(Kind.STREAM_ERROR, 1, code, 0);
        assertThat(bee.until(ObservedState.WAITING).getReason()).contains("stream error");
        bee.until(ObservedState.ONLINE);
    }

    @Test
    void too_many_requests_are_answered_with_a_longer_pause() throws Exception {
        bee.arm(Kind.STREAM_ERROR, 1, 429, 0);
        assertThat(bee.until(ObservedState.WAITING).getReason()).contains("TOO_MANY_REQUESTS");
        // Five steps further on: eight seconds and more, less ten per cent. A person need not wait.
        bee.run(false);
        bee.run(true);
        bee.until(ObservedState.ONLINE);
    }

    @Test
    void somebody_else_who_logs_in_as_this_device_is_not_fought() throws Exception {
        var device = bee.device();
        var _ = bee.ask(() -> bee.exchange.login(device.pn(), device.noiseKey(), Bytes.EMPTY, false, new DeviceLink() {
            @Override
            public void deliver(Node stanza) {}

            @Override
            public void close() {}
        }));
        bee.until(ObservedState.REPLACED);
        comesBackOnlyByAPerson(ObservedState.REPLACED);
    }

    @Test
    void a_device_that_the_phone_removed_is_logged_out() throws Exception {
        var device = bee.device();
        bee.exchange.run(() -> bee.exchange.remove(device));
        bee.until(ObservedState.LOGGED_OUT);
        comesBackOnlyByAPerson(ObservedState.LOGGED_OUT);
    }
}
