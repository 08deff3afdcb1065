package dev.waggle.storage.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.storage.Backend;
import dev.waggle.storage.Batch;
import dev.waggle.storage.EventLogStore;
import dev.waggle.storage.control.ApiKeyRow;
import dev.waggle.storage.control.AuditRow;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.control.Shelf;
import dev.waggle.storage.row.DeviceList;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.row.EventSpan;
import dev.waggle.storage.row.HashState;
import dev.waggle.storage.row.LidMapping;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.row.MsgSecret;
import dev.waggle.storage.row.MutationMac;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.OutboundState;
import dev.waggle.storage.row.PreKeyRow;
import dev.waggle.storage.row.SenderKeyMark;
import dev.waggle.storage.row.SenderKeyName;
import dev.waggle.storage.row.SyncKey;
import dev.waggle.storage.row.TcToken;
import dev.waggle.storage.write.AppSyncWrite;
import dev.waggle.storage.write.LedgerWrite;
import dev.waggle.storage.write.ProtocolWrite;
import dev.waggle.storage.write.SignalWrite;
import dev.waggle.storage.write.StoreWrite;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/// What a process that will be killed writes, by number: the store after batch n is known without having watched,
/// so any n can be checked.
public final class Script {
    public static final int ACCOUNTS = 4;
    public static final int ACTORS = 4;

    private static final Jid GROUP = Jid.group("1203630001");
    private static final DeviceAddress PEER = new DeviceAddress("1001_1", 3);
    private static final Jid USER = Jid.lid("1001");
    private static final SenderKeyName CHAIN = new SenderKeyName(GROUP, PEER);
    private static final String COLLECTION = "regular";

    private Script() {}

    public static AccountId account(int number) {
        return new AccountId("bot-" + number);
    }

    public static String actor(int number) {
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

    private static Instant at(long n) {
        return Instant.ofEpochMilli(n);
    }

    private static Bytes number(long n) {
        return Bytes.utf8("%012d".formatted(n));
    }

    private static HashState version(long n) {
        byte[] hash = new byte[128];
        hash[0] = (byte) n;
        return new HashState(n, Bytes.wrap(hash), n % 2 == 0);
    }

    private static MutationMac mac(long n) {
        return new MutationMac(number(n), value("mac", n), n);
    }

    private static DeviceList devices(long n) {
        return new DeviceList(
                USER,
                List.of(new DeviceList.Device((int) (n % 90), OptionalInt.of(1), false)),
                at(n),
                "hash" + n,
                OptionalInt.empty());
    }

    /// Replaces, adds, changes what the batch before added, and removes what it left: in every store.
    public static Batch batch(long n) {
        List<StoreWrite> writes = new ArrayList<>();
        writes.addAll(signal(n));
        writes.addAll(sync(n));
        writes.addAll(protocol(n));
        writes.addAll(ledger(n));
        return new Batch(n, writes);
    }

    public static int operations() {
        return batch(1).writes().size();
    }

    private static List<StoreWrite> signal(long n) {
        return List.of(
                new SignalWrite.PutSession(PEER, value("session", n)),
                new SignalWrite.PutIdentity(PEER, value("identity", n)),
                new SignalWrite.PutPreKey(new PreKeyRow((int) n, value("pre-key", n), false)),
                new SignalWrite.MarkPreKeyUploaded((int) n),
                new SignalWrite.RemovePreKey((int) n - 1),
                new SignalWrite.PutSignedPreKey(1, value("signed", n)),
                new SignalWrite.PutSenderKey(CHAIN, value("chain", n)));
    }

    private static List<StoreWrite> sync(long n) {
        return List.of(
                new AppSyncWrite.PutSyncKey(new SyncKey(number(n % 7), value("key", n), value("print", n), at(n))),
                new AppSyncWrite.PutVersion(COLLECTION, version(n)),
                new AppSyncWrite.PutMutationMac(COLLECTION, mac(n)),
                new AppSyncWrite.DeleteMutationMac(COLLECTION, number(n - 1)));
    }

    private static List<StoreWrite> protocol(long n) {
        return List.of(
                new ProtocolWrite.PutSenderKeyMark(GROUP, new SenderKeyMark(USER, (int) n, n % 2 == 0)),
                new ProtocolWrite.PutLidMapping(new LidMapping(USER, Jid.pn("4915" + n), at(n), at(n), "usync")),
                new ProtocolWrite.PutBaseKey(PEER, id(n), value("base", n), at(n)),
                new ProtocolWrite.DeleteBaseKey(PEER, id(n - 1)),
                new ProtocolWrite.PutDeviceList(devices(n)),
                new ProtocolWrite.PutGroupMetadata(GROUP, value("group", n)),
                new ProtocolWrite.TouchTcTokenSender(USER, at(n)),
                new ProtocolWrite.ReceiveTcToken(USER, value("token", n), at(n)),
                new ProtocolWrite.PutSentMessage(GROUP, id(n), value("sent", n), at(n)),
                new ProtocolWrite.PutPendingInbound(key(n), value("pending", n), at(n)),
                new ProtocolWrite.DeletePendingInbound(key(n - 1)));
    }

    private static List<StoreWrite> ledger(long n) {
        return List.of(
                new LedgerWrite.PutDevice(value("device", n)),
                new LedgerWrite.PutSeen(key(n), at(n)),
                new LedgerWrite.AppendEvent(event(n)),
                new LedgerWrite.PutMsgSecret(new MsgSecret(key(n), value("secret", n), null, at(n))),
                new LedgerWrite.PutOutbound(outbound(n, OutboundState.ACCEPTED)),
                new LedgerWrite.SetOutboundState(id(n - 1), OutboundState.SENT, "", at(n)));
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /// The backend holds exactly what batches 1 to its mark make, and nothing of the next.
    public static long check(Backend backend) {
        long mark = get(backend.appliedSequence());
        assertThat(get(backend.loadSession(PEER)))
                .isEqualTo(mark == 0 ? Optional.empty() : Optional.of(value("session", mark)));
        assertThat(get(backend.maxPreKeyId())).isEqualTo((int) mark);
        assertThat(get(backend.loadPreKey((int) mark - 1))).isEmpty();
        assertThat(get(backend.eventSpan(Set.of()))).isEqualTo(new EventSpan(0, 1, mark));
        assertThat(get(backend.unfinishedOutbound(0, 10)))
                .isEqualTo(mark == 0 ? List.of() : List.of(outbound(mark, OutboundState.ACCEPTED)));
        if (mark > 0) {
            checkLast(backend, mark);
        }
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

    private static void checkLast(Backend backend, long mark) {
        assertThat(get(backend.loadIdentity(PEER))).contains(value("identity", mark));
        assertThat(get(backend.loadPreKey((int) mark)))
                .contains(new PreKeyRow((int) mark, value("pre-key", mark), true));
        assertThat(get(backend.loadSignedPreKey(1))).contains(value("signed", mark));
        assertThat(get(backend.loadSenderKey(CHAIN))).contains(value("chain", mark));
        assertThat(get(backend.loadSyncKey(number(mark % 7))).orElseThrow().key())
                .isEqualTo(value("key", mark));
        assertThat(get(backend.loadVersion(COLLECTION))).isEqualTo(version(mark));
        assertThat(get(backend.loadMutationMacs(COLLECTION, List.of(number(mark - 1), number(mark), number(mark + 1)))))
                .isEqualTo(Map.of(number(mark), value("mac", mark)));
        assertThat(get(backend.senderKeyMarks(GROUP)))
                .containsExactly(new SenderKeyMark(USER, (int) mark, mark % 2 == 0));
        assertThat(get(backend.loadPnMapping(Jid.pn("4915" + mark)))).hasValueSatisfying(row -> {
            assertThat(row.updatedAt()).isEqualTo(at(mark));
            assertThat(row.createdAt()).isEqualTo(at(1));
        });
        assertThat(get(backend.lidMappings(null, 10))).hasSize(1);
        assertThat(get(backend.loadBaseKey(PEER, id(mark)))).contains(value("base", mark));
        assertThat(get(backend.loadBaseKey(PEER, id(mark - 1)))).isEmpty();
        assertThat(get(backend.loadDeviceList(USER))).contains(devices(mark));
        assertThat(get(backend.loadGroupMetadata(GROUP))).contains(value("group", mark));
        assertThat(get(backend.loadTcToken(USER)))
                .contains(new TcToken(USER, value("token", mark), at(mark), at(mark)));
        assertThat(get(backend.loadPendingInbound(key(mark)))).contains(value("pending", mark));
        assertThat(get(backend.loadPendingInbound(key(mark - 1)))).isEmpty();
        assertThat(get(backend.loadDevice())).contains(value("device", mark));
        assertThat(get(backend.loadMsgSecret(key(mark)))).map(MsgSecret::secret).contains(value("secret", mark));
    }

    public static long counted(ControlStore control) {
        return get(control.document(Shelf.OPERATION, "count"))
                .map(text -> Long.parseLong(new String(text.toArray(), StandardCharsets.US_ASCII)))
                .orElse(0L);
    }

    public static void count(ControlStore control, long n) {
        get(control.appendAudit(AuditRow.of(at(n), "child", "count", "", Long.toString(n))));
        get(control.putApiKey(new ApiKeyRow(
                "k" + n % 5, value("hash", n % 5), Set.of("s" + n), Long.toString(n), at(n), null, false)));
        get(control.putDocument(Shelf.OPERATION, "count", Bytes.utf8(Long.toString(n))));
    }

    /// Every call that was answered, and of the next count at most the calls before the one that was not.
    public static long check(ControlStore control) {
        long n = counted(control);
        List<AuditRow> audit = new ArrayList<>();
        for (List<AuditRow> page = get(control.audit(0, ControlStore.PAGE_MAX));
                !page.isEmpty();
                page = get(control.audit(audit.getLast().sequence(), ControlStore.PAGE_MAX))) {
            audit.addAll(page);
        }
        long last = audit.isEmpty() ? 0 : Long.parseLong(audit.getLast().detail());
        assertThat(last).isBetween(n, n + 1);
        assertThat(audit.stream().map(AuditRow::detail).distinct()).hasSize((int) last);
        get(control.apiKey("k" + n % 5))
                .ifPresent(key -> assertThat(Long.parseLong(key.label())).isEqualTo(n));
        return n;
    }
}
