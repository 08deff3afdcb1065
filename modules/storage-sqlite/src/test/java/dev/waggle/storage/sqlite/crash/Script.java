package dev.waggle.storage.sqlite.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.storage.Backend;
import dev.waggle.storage.Batch;
import dev.waggle.storage.EventLogStore;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.row.EventSpan;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.OutboundState;
import dev.waggle.storage.row.PreKeyRow;
import dev.waggle.storage.write.LedgerWrite;
import dev.waggle.storage.write.ProtocolWrite;
import dev.waggle.storage.write.SignalWrite;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/// What the child writes, by number: the store after batch n is known without having watched, so any n can be
/// checked.
final class Script {
    static final int ACCOUNTS = 4;
    static final int ACTORS = 4;

    private static final Jid GROUP = Jid.group("1203630001");
    private static final DeviceAddress PEER = new DeviceAddress("1001_1", 3);

    private Script() {}

    static AccountId account(int number) {
        return new AccountId("bot-" + number);
    }

    static String actor(int number) {
        return "account|bot-" + number;
    }

    private static MessageId id(long n) {
        return new MessageId("3EB0" + n);
    }

    private static MessageKey key(long n) {
        return new MessageKey(GROUP, Jid.lid("1001"), id(n));
    }

    private static Bytes value(String kind, long n) {
        return Bytes.utf8((kind + " " + n + " ").repeat(20));
    }

    private static EventRow event(long n) {
        return new EventRow(n, "message.received", Instant.ofEpochMilli(n), value("event", n));
    }

    private static OutboundRow outbound(long n, OutboundState state) {
        return new OutboundRow(
                id(n), "key-" + n, value("hash", n), GROUP, state, Instant.ofEpochMilli(n), value("send", n), "", n);
    }

    /// Replaces, adds, changes what the batch before added, and removes what it left.
    static Batch batch(long n) {
        return new Batch(
                n,
                List.of(
                        new SignalWrite.PutSession(PEER, value("session", n)),
                        new SignalWrite.PutPreKey(new PreKeyRow((int) n, value("pre-key", n), false)),
                        new SignalWrite.RemovePreKey((int) n - 1),
                        new ProtocolWrite.PutSentMessage(GROUP, id(n), value("sent", n), Instant.ofEpochMilli(n)),
                        new LedgerWrite.PutSeen(key(n), Instant.ofEpochMilli(n)),
                        new LedgerWrite.AppendEvent(event(n)),
                        new LedgerWrite.PutOutbound(outbound(n, OutboundState.ACCEPTED)),
                        new LedgerWrite.SetOutboundState(id(n - 1), OutboundState.SENT, "")));
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /// The backend holds exactly what batches 1 to its mark make, and nothing of the next.
    static long check(Backend backend) {
        long mark = get(backend.appliedSequence());
        assertThat(get(backend.loadSession(PEER)))
                .isEqualTo(mark == 0 ? Optional.empty() : Optional.of(value("session", mark)));
        assertThat(get(backend.maxPreKeyId())).isEqualTo((int) mark);
        assertThat(get(backend.loadPreKey((int) mark - 1))).isEmpty();
        assertThat(get(backend.eventSpan(Set.of()))).isEqualTo(new EventSpan(0, 1, mark));
        assertThat(get(backend.unfinishedOutbound(0, 10)))
                .isEqualTo(mark == 0 ? List.of() : List.of(outbound(mark, OutboundState.ACCEPTED)));
        for (long from = 1; from <= mark + 1; from += EventLogStore.PAGE_MAX) {
            long to = Math.min(mark, from + EventLogStore.PAGE_MAX - 1);
            assertThat(get(backend.readEvents(from - 1, Set.of(), EventLogStore.PAGE_MAX)))
                    .isEqualTo(LongStream.rangeClosed(from, to)
                            .mapToObj(Script::event)
                            .toList());
            assertThat(get(backend.seenAmong(
                            LongStream.concat(LongStream.rangeClosed(from, to), LongStream.of(mark + 1))
                                    .mapToObj(Script::key)
                                    .toList())))
                    .isEqualTo(Set.copyOf(LongStream.rangeClosed(from, to)
                            .mapToObj(Script::key)
                            .toList()));
        }
        return mark;
    }
}
