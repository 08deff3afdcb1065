package dev.waggle.stanza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.stanza.stream.BanReason;
import dev.waggle.stanza.stream.Consequence;
import dev.waggle.stanza.stream.FailureReason;
import dev.waggle.stanza.stream.StreamReason;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StreamTest {
    private static StreamError error(Node node) {
        return (StreamError) Stanza.read(node);
    }

    private static Failure failure(Node node) {
        return (Failure) Stanza.read(node);
    }

    @Test
    void success_tells_our_lid_and_the_servers_time() {
        Success success = (Success) Stanza.read(Node.build("success")
                .attr("t", 1_700_000_000)
                .attr("lid", Samples.ALICE_LID.withDevice(7))
                .attr("location", "atn")
                .done());

        assertThat(success)
                .isEqualTo(new Success(
                        Instant.ofEpochSecond(1_700_000_000), Samples.ALICE_LID.withDevice(7), null, "atn"));
    }

    @ParameterizedTest
    @CsvSource({
        "400,GENERIC,Rejected",
        "401,LOGGED_OUT,LoggedOut",
        "403,LOCKED,LoggedOut",
        "405,CLIENT_OUTDATED,Outdated",
        "406,BANNED,Banned",
        "409,BAD_USER_AGENT,Outdated",
        "413,CAT_EXPIRED,Rejected",
        "414,CAT_INVALID,Rejected",
        "415,NOT_FOUND,Rejected",
        "418,CLIENT_UNKNOWN,Rejected",
        "500,INTERNAL_ERROR,Retry",
        "501,EXPERIMENTAL,Rejected",
        "503,UNAVAILABLE,Retry",
        "777,UNKNOWN,Rejected"
    })
    void a_refused_login_says_what_to_do(int code, FailureReason reason, String consequence) {
        Failure failure = failure(Samples.failure(code));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.consequence().getClass().getSimpleName()).isEqualTo(consequence);
    }

    @Test
    void a_temporary_ban_says_how_long_and_why() {
        Failure banned = failure(Samples.failure(402).with("code", "101").with("expire", "3600"));

        assertThat(banned.consequence())
                .isEqualTo(new Consequence.BannedFor(Duration.ofHours(1), BanReason.STRANGERS_MESSAGED));
        assertThat(banned.consequence().reconnects()).isTrue();
        assertThat(failure(Samples.failure(402)).consequence())
                .isEqualTo(new Consequence.BannedFor(Duration.ZERO, BanReason.UNKNOWN));
    }

    @ParameterizedTest
    @CsvSource({
        "515,RESTART,Restart",
        "516,DEVICE_REMOVED,LoggedOut",
        "401,UNAUTHORIZED,LoggedOut",
        "409,REPLACED,Replaced",
        "429,TOO_MANY_REQUESTS,SlowDown",
        "503,UNAVAILABLE,Retry",
        "999,UNKNOWN,Stay",
        "0,UNKNOWN,Stay"
    })
    void a_stream_error_says_what_to_do(String code, StreamReason reason, String consequence) {
        StreamError error = error(Samples.streamError(code));

        assertThat(error.reason()).isEqualTo(reason);
        assertThat(error.consequence().getClass().getSimpleName()).isEqualTo(consequence);
    }

    @ParameterizedTest
    @CsvSource({"replaced,REPLACED", "device_removed,DEVICE_REMOVED", "other,CONFLICT"})
    void a_conflict_outweighs_the_code(String type, StreamReason reason) {
        Node conflict = Node.build("conflict").attr("type", type).done();

        assertThat(error(Samples.streamError("401", conflict)).reason()).isEqualTo(reason);
        assertThat(error(Samples.streamError("", conflict)).reason()).isEqualTo(reason);
    }

    @Test
    void only_reasons_that_we_understand_void_the_credentials() {
        assertThat(StreamReason.CONFLICT.consequence().voidsCredentials()).isFalse();
        assertThat(StreamReason.REPLACED.consequence().voidsCredentials()).isFalse();
        assertThat(FailureReason.UNKNOWN.consequence(null).voidsCredentials()).isFalse();
        assertThat(StreamReason.DEVICE_REMOVED.consequence().voidsCredentials()).isTrue();
        assertThat(FailureReason.BANNED.consequence(null).voidsCredentials()).isTrue();
    }

    @Test
    void the_server_may_wait_for_an_ack_or_dislike_our_bytes() {
        StreamError owed =
                error(Samples.streamError("", Node.build("ack").attr("id", "A1").done()));

        assertThat(owed.reason()).isEqualTo(StreamReason.ACK_OWED);
        assertThat(owed.detail()).isEqualTo("A1");
        assertThat(error(Samples.streamError("", Node.of("xml-not-well-formed")))
                        .consequence())
                .isEqualTo(new Consequence.Retry());
    }

    @ParameterizedTest
    @EnumSource(FailureReason.class)
    void every_reason_is_found_by_its_own_code(FailureReason reason) {
        assertThat(FailureReason.of(reason.code())).isEqualTo(reason);
    }

    @Test
    void remarks_on_the_connection_come_in_order() {
        Ib ib = (Ib) Stanza.read(Node.of(
                "ib",
                Node.build("offline_preview")
                        .attr("count", 9)
                        .attr("message", 5)
                        .attr("notification", 2)
                        .attr("receipt", 1)
                        .attr("appdata", 1)
                        .done(),
                Node.build("offline").attr("count", 9).done(),
                Node.build("dirty").attr("type", "groups").attr("timestamp", 5).done(),
                Node.of("edge_routing", Node.of("routing_info", Bytes.hex("0102"))),
                Node.of("downgrade_webclient"),
                Node.build("client_expiration").attr("t", 7).done(),
                Node.of("new_thing")));

        assertThat(ib.items())
                .containsExactly(
                        new Ib.OfflinePreview(9, 5, 2, 1, 1),
                        new Ib.OfflineEnd(9),
                        new Ib.Dirty("groups", Instant.ofEpochSecond(5)),
                        new Ib.EdgeRouting(Bytes.hex("0102")),
                        new Ib.Downgrade(),
                        new Ib.ClientExpiration(Instant.ofEpochSecond(7)),
                        new Ib.Other(Node.of("new_thing")));
    }

    @Test
    void malformed_ends_are_refused() {
        assertThatThrownBy(() -> Stanza.read(Node.of("failure"))).isInstanceOf(NodeException.class);
        assertThatThrownBy(() -> Stanza.read(Samples.streamError("x"))).isInstanceOf(NodeException.class);
        assertThatThrownBy(() -> Stanza.read(Samples.ib(Node.of("dirty")))).isInstanceOf(NodeException.class);
        assertThatThrownBy(() -> Stanza.read(Samples.ib(Node.of("edge_routing"))))
                .isInstanceOf(NodeException.class);
    }

    @Test
    void the_end_and_the_unknown_are_stanzas_too() {
        Node odd = Node.of("status");

        assertThat(Stanza.read(Node.of("xmlstreamend"))).isEqualTo(new StreamEnd());
        assertThat(Stanza.read(odd)).isEqualTo(new Unknown(odd));
    }
}
