package dev.waggle.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.MessageId;
import dev.waggle.storage.Backend;
import dev.waggle.storage.Batch;
import dev.waggle.storage.StoreException.Code;
import dev.waggle.storage.StoreWriter;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.row.EventSpan;
import dev.waggle.storage.row.PreKeyRow;
import dev.waggle.storage.row.SenderKeyMark;
import dev.waggle.storage.write.LedgerWrite;
import dev.waggle.storage.write.ProtocolWrite;
import dev.waggle.storage.write.Purge;
import dev.waggle.storage.write.SignalWrite;
import dev.waggle.storage.write.StoreWrite;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Batches, the applied mark, and accounts side by side.
public abstract class WritingContract extends Contract {
    private static List<StoreWrite> mixed(int number) {
        return List.of(
                new SignalWrite.PutSession(ALICE, value("session " + number)),
                new SignalWrite.RemovePreKey(number),
                new LedgerWrite.PutSeen(key("ID" + number), NOW),
                new LedgerWrite.AppendEvent(new EventRow(number, "message.received", NOW, value("event " + number))));
    }

    @Test
    void a_batch_is_applied_with_its_mark() {
        assertThat(get(backend.appliedSequence())).isZero();
        run(backend.putPreKeys(List.of(new PreKeyRow(1, value("key"), false))));
        assertThat(get(backend.apply(new Batch(1, mixed(1))))).isTrue();
        assertThat(get(backend.appliedSequence())).isOne();
        assertThat(get(backend.loadSession(ALICE))).contains(value("session 1"));
        assertThat(get(backend.loadPreKey(1))).isEmpty();
        assertThat(get(backend.seen(key("ID1")))).isTrue();
        assertThat(get(backend.eventSpan(Set.of()))).isEqualTo(new EventSpan(0, 1, 1));
    }

    @Test
    void a_batch_at_or_below_the_mark_changes_nothing() {
        assertThat(get(backend.apply(new Batch(5, mixed(5))))).isTrue();
        run(backend.putSession(ALICE, value("later")));
        assertThat(get(backend.apply(new Batch(5, mixed(5))))).isFalse();
        assertThat(get(backend.apply(new Batch(4, mixed(4))))).isFalse();
        assertThat(get(backend.loadSession(ALICE))).contains(value("later"));
        assertThat(get(backend.seen(key("ID4")))).isFalse();
        assertThat(get(backend.appliedSequence())).isEqualTo(5);
    }

    @Test
    void writes_of_one_batch_apply_in_their_order() {
        run(backend.write(
                new SignalWrite.PutSession(ALICE, value("one")),
                new SignalWrite.DeleteSession(ALICE),
                new SignalWrite.PutSession(BOB, value("one")),
                new SignalWrite.PutSession(BOB, value("two"))));
        assertThat(get(backend.loadSession(ALICE))).isEmpty();
        assertThat(get(backend.loadSession(BOB))).contains(value("two"));
    }

    @Test
    void a_failing_write_takes_its_whole_batch_and_the_mark_with_it() {
        assumeTrue(tenant.poison(BOB), "this backend cannot be made to fail in mid-batch");
        List<StoreWrite> writes = List.of(
                new SignalWrite.PutSession(ALICE, value("lost")),
                new SignalWrite.PutSession(BOB, value("fails")),
                new LedgerWrite.PutSeen(key("ID"), NOW));
        CompletableFuture<Boolean> failing = backend.apply(new Batch(3, writes)).toCompletableFuture();
        CompletableFuture<Void> neighbour =
                backend.putSession(ALICE_LAPTOP, value("kept")).toCompletableFuture();
        assertThat(failureOf(failing)).isEqualTo(Code.STORAGE_REFUSED);
        run(neighbour);
        assertThat(get(backend.loadSession(ALICE))).isEmpty();
        assertThat(get(backend.seen(key("ID")))).isFalse();
        assertThat(get(backend.appliedSequence())).isZero();
        assertThat(get(backend.loadSession(ALICE_LAPTOP))).contains(value("kept"));
    }

    @Test
    void rows_of_different_kinds_under_equal_keys_keep_apart() {
        MessageId id = new MessageId("ID");
        List<StoreWrite> writes = List.of(
                new SignalWrite.PutSession(ALICE, value("session")),
                new SignalWrite.PutIdentity(ALICE, value("identity")),
                new SignalWrite.PutSignedPreKey(1, value("signed")),
                new ProtocolWrite.PutSenderKeyMark(GROUP, new SenderKeyMark(ALICE_LID, 1, true)),
                new ProtocolWrite.PutBaseKey(ALICE, id, value("base"), NOW),
                new ProtocolWrite.PutSentMessage(GROUP, id, value("sent"), NOW),
                new ProtocolWrite.PutPendingInbound(key("ID"), value("pending"), NOW),
                new ProtocolWrite.PutGroupMetadata(GROUP, value("group")),
                new LedgerWrite.PutSeen(key("ID"), NOW));
        assertThat(get(backend.apply(new Batch(1, writes)))).isTrue();
        assertThat(get(backend.senderKeyMarks(GROUP))).hasSize(1);
        run(backend.clearAllSenderKeyMarks());
        run(backend.purge(new Purge.Seen(NOW.plusSeconds(1))));
        assertThat(get(backend.appliedSequence())).isOne();
        assertThat(get(backend.loadSession(ALICE))).contains(value("session"));
        assertThat(get(backend.loadIdentity(ALICE))).contains(value("identity"));
        assertThat(get(backend.loadPreKey(1))).isEmpty();
        assertThat(get(backend.loadSignedPreKey(1))).contains(value("signed"));
        assertThat(get(backend.loadBaseKey(ALICE, id))).contains(value("base"));
        assertThat(get(backend.loadPendingInbound(key("ID")))).contains(value("pending"));
        assertThat(get(backend.loadGroupMetadata(GROUP))).contains(value("group"));
        assertThat(get(backend.takeSentMessage(GROUP, id))).contains(value("sent"));
        assertThat(get(backend.seen(key("ID")))).isFalse();
    }

    @Test
    void an_empty_batch_moves_only_the_mark() {
        assertThat(get(backend.apply(new Batch(9, List.of())))).isTrue();
        assertThat(get(backend.appliedSequence())).isEqualTo(9);
    }

    @Test
    void many_writes_in_flight_are_applied_in_the_order_given() {
        CompletableFuture<?>[] all = IntStream.rangeClosed(1, 2_000)
                .mapToObj(i -> backend.putSession(ALICE, value("" + i)).toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).join();
        assertThat(get(backend.loadSession(ALICE))).contains(value("2000"));
    }

    @Test
    void what_is_too_large_is_refused_whole() {
        Bytes tooLarge = Bytes.wrap(new byte[StoreWriter.VALUE_BYTES_MAX + 1]);
        assertThat(failureOf(backend.write(List.of(
                        new SignalWrite.PutSession(BOB, value("small")), new SignalWrite.PutSession(ALICE, tooLarge)))))
                .isEqualTo(Code.STORAGE_REFUSED);
        assertThat(get(backend.loadSession(BOB))).isEmpty();
        assertThat(failureOf(backend.write(
                        Collections.nCopies(StoreWriter.BATCH_WRITES_MAX + 1, new SignalWrite.RemovePreKey(1)))))
                .isEqualTo(Code.STORAGE_REFUSED);
    }

    @Test
    void accounts_do_not_see_each_other() {
        Backend other = open("second");
        run(backend.apply(new Batch(7, mixed(1))));
        run(backend.saveDevice(value("device")));
        assertThat(get(other.appliedSequence())).isZero();
        assertThat(get(other.loadSession(ALICE))).isEmpty();
        assertThat(get(other.loadDevice())).isEmpty();
        assertThat(get(other.readEvents(0, Set.of(), 10))).isEmpty();
        assertThat(other.account()).isEqualTo(new AccountId("second"));
    }

    @Test
    void an_account_opened_twice_is_the_same_account() {
        Backend again = open("first");
        run(backend.putSession(ALICE, value("one")));
        assertThat(get(again.loadSession(ALICE))).contains(value("one"));
    }

    @Test
    void erasing_an_account_leaves_its_neighbours() {
        Backend other = open("second");
        run(backend.apply(new Batch(7, mixed(1))));
        run(backend.saveDevice(value("device")));
        run(other.putSession(ALICE, value("other")));
        run(tenant.provider().erase(new AccountId("first")));
        Backend fresh = open("first");
        assertThat(get(fresh.appliedSequence())).isZero();
        assertThat(get(fresh.loadSession(ALICE))).isEmpty();
        assertThat(get(fresh.loadDevice())).isEmpty();
        assertThat(get(fresh.eventSpan(Set.of()))).isEqualTo(new EventSpan(0, 1, 0));
        assertThat(get(other.loadSession(ALICE))).contains(value("other"));
    }
}
