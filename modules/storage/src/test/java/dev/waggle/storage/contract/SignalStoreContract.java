package dev.waggle.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.storage.row.PreKeyRow;
import dev.waggle.storage.row.SenderKeyName;
import dev.waggle.storage.row.SessionRow;
import dev.waggle.storage.row.SignedPreKeyRow;
import dev.waggle.storage.write.SignalWrite;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public abstract class SignalStoreContract extends Contract {
    private static final SenderKeyName CHAIN = new SenderKeyName(GROUP, ALICE);

    @Test
    void a_session_reads_back_as_it_was_put_last() {
        run(backend.putSession(ALICE, value("one")));
        run(backend.putSession(ALICE, value("two")));
        assertThat(get(backend.loadSession(ALICE))).contains(value("two"));
        assertThat(get(backend.hasSession(ALICE))).isTrue();
        assertThat(get(backend.loadSession(ALICE_LAPTOP))).isEmpty();
        assertThat(get(backend.hasSession(ALICE_LAPTOP))).isFalse();
    }

    @Test
    void an_empty_record_is_not_an_absent_one() {
        run(backend.putSession(ALICE, Bytes.EMPTY));
        assertThat(get(backend.loadSession(ALICE))).contains(Bytes.EMPTY);
    }

    @Test
    void sessions_are_put_and_loaded_together() {
        run(backend.putSessions(List.of(
                new SignalWrite.PutSession(ALICE, value("a")),
                new SignalWrite.PutSession(ALICE_LAPTOP, value("b")),
                new SignalWrite.PutSession(BOB, value("c")))));
        assertThat(get(backend.loadSessions(List.of(ALICE, BOB, new DeviceAddress("nobody", 0)))))
                .containsExactlyInAnyOrder(new SessionRow(ALICE, value("a")), new SessionRow(BOB, value("c")));
    }

    @Test
    void a_deleted_session_is_gone_and_deleting_it_again_is_no_error() {
        run(backend.putSession(ALICE, value("one")));
        run(backend.deleteSession(ALICE));
        run(backend.deleteSession(ALICE));
        assertThat(get(backend.loadSession(ALICE))).isEmpty();
    }

    @Test
    void identities_are_kept_apart_from_sessions() {
        run(backend.putIdentities(List.of(
                new SignalWrite.PutIdentity(ALICE, value("identity")),
                new SignalWrite.PutIdentity(BOB, value("other")))));
        assertThat(get(backend.loadIdentity(ALICE))).contains(value("identity"));
        assertThat(get(backend.loadSession(ALICE))).isEmpty();
        run(backend.deleteIdentity(ALICE));
        assertThat(get(backend.loadIdentity(ALICE))).isEmpty();
        assertThat(get(backend.loadIdentity(BOB))).contains(value("other"));
    }

    @Test
    void signal_state_of_a_user_is_found_on_any_device_by_session_or_identity() {
        assertThat(get(backend.hasSignalStateForUser(ALICE.name()))).isFalse();
        run(backend.putSession(ALICE_LAPTOP, value("one")));
        run(backend.putIdentity(BOB, value("identity")));
        assertThat(get(backend.hasSignalStateForUser(ALICE.name()))).isTrue();
        assertThat(get(backend.hasSignalStateForUser(BOB.name()))).isTrue();
        assertThat(get(backend.hasSignalStateForUser("100000000000001"))).isFalse();
        assertThat(get(backend.hasSignalStateForUser("10000000000000%"))).isFalse();
    }

    @Test
    void eight_hundred_pre_keys_go_in_as_one_batch_and_come_back_by_id() {
        List<PreKeyRow> rows = IntStream.rangeClosed(1, 812)
                .mapToObj(id -> new PreKeyRow(id, value("key " + id), false))
                .toList();
        run(backend.putPreKeys(rows));
        assertThat(get(backend.loadPreKeys(List.of(812, 1, 900, 400))))
                .containsExactly(rows.get(0), rows.get(399), rows.get(811));
        assertThat(get(backend.maxPreKeyId())).isEqualTo(812);
    }

    @Test
    void without_pre_keys_the_highest_id_is_zero() {
        assertThat(get(backend.maxPreKeyId())).isZero();
    }

    @Test
    void marking_uploaded_does_not_bring_back_a_consumed_pre_key() {
        run(backend.putPreKeys(List.of(new PreKeyRow(1, value("one"), false), new PreKeyRow(2, value("two"), false))));
        run(backend.removePreKey(1));
        run(backend.markPreKeysUploaded(List.of(1, 2)));
        assertThat(get(backend.loadPreKey(1))).isEmpty();
        assertThat(get(backend.loadPreKey(2))).contains(new PreKeyRow(2, value("two"), true));
    }

    @Test
    void signed_pre_keys_are_listed_by_id() {
        run(backend.putSignedPreKey(9, value("nine")));
        run(backend.putSignedPreKey(2, value("two")));
        assertThat(get(backend.loadSignedPreKeys()))
                .containsExactly(new SignedPreKeyRow(2, value("two")), new SignedPreKeyRow(9, value("nine")));
        run(backend.removeSignedPreKey(2));
        assertThat(get(backend.loadSignedPreKey(2))).isEmpty();
        assertThat(get(backend.loadSignedPreKey(9))).contains(value("nine"));
    }

    @Test
    void a_sender_key_belongs_to_a_group_and_a_device() {
        run(backend.putSenderKeys(List.of(
                new SignalWrite.PutSenderKey(CHAIN, value("chain")),
                new SignalWrite.PutSenderKey(new SenderKeyName(GROUP, ALICE_LAPTOP), value("laptop")))));
        run(backend.putSenderKey(CHAIN, value("chain two")));
        assertThat(get(backend.loadSenderKey(CHAIN))).contains(value("chain two"));
        run(backend.deleteSenderKey(CHAIN));
        assertThat(get(backend.loadSenderKey(CHAIN))).isEmpty();
        assertThat(get(backend.loadSenderKey(new SenderKeyName(GROUP, ALICE_LAPTOP))))
                .contains(value("laptop"));
    }

    @Test
    void a_record_of_a_megabyte_survives() {
        Bytes large = Bytes.wrap(new byte[1 << 20]);
        run(backend.putSession(ALICE, large));
        assertThat(get(backend.loadSession(ALICE))).contains(large);
    }
}
