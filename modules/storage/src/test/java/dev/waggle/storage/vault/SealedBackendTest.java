package dev.waggle.storage.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.storage.Backend;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.memory.MemoryProvider;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.row.MediaRow;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.row.MsgSecret;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.OutboundState;
import dev.waggle.storage.row.PreKeyRow;
import dev.waggle.storage.row.SenderKeyName;
import dev.waggle.storage.row.SyncKey;
import dev.waggle.storage.write.AppSyncWrite;
import dev.waggle.storage.write.LedgerWrite;
import dev.waggle.storage.write.ProtocolWrite;
import dev.waggle.storage.write.SignalWrite;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/// What lies below sealing, looked at directly.
class SealedBackendTest {
    private static final AccountId BOT = new AccountId("bot");
    private static final DeviceAddress ALICE = new DeviceAddress("1_1", 0);
    private static final DeviceAddress BOB = new DeviceAddress("2_1", 0);
    private static final Jid GROUP = Jid.group("1");
    private static final MessageId ID = new MessageId("ID");
    private static final MessageKey KEY = new MessageKey(GROUP, Jid.lid("1"), ID);
    private static final Instant NOW = Instant.ofEpochMilli(1_000_000);
    private static final String MARK = "everybody could read this";
    private static final Bytes SECRET = Bytes.utf8(MARK);

    private final SecureRandom random = new SecureRandom();
    private final MemoryProvider memory = new MemoryProvider();
    private final Vault vault = new Vault(memory.control(), new MasterKey(Bytes.wrap(new byte[32])), random);
    private final SealedProvider provider = SealedProvider.over(memory, vault, random);
    private final Backend backend = get(provider.open(BOT));
    private final Backend below = get(memory.open(BOT));

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    @Test
    void no_value_of_any_kind_is_readable_below() {
        get(backend.createDevice(SECRET));
        get(backend.write(
                new SignalWrite.PutSession(ALICE, SECRET),
                new SignalWrite.PutIdentity(ALICE, SECRET),
                new SignalWrite.PutPreKey(new PreKeyRow(1, SECRET, false)),
                new SignalWrite.PutSignedPreKey(1, SECRET),
                new SignalWrite.PutSenderKey(new SenderKeyName(GROUP, ALICE), SECRET),
                new AppSyncWrite.PutSyncKey(new SyncKey(ID_BYTES, SECRET, Bytes.EMPTY, NOW)),
                new ProtocolWrite.PutGroupMetadata(GROUP, SECRET),
                new ProtocolWrite.ReceiveTcToken(Jid.lid("1"), SECRET, NOW),
                new ProtocolWrite.PutSentMessage(GROUP, ID, SECRET, NOW),
                new ProtocolWrite.PutPendingInbound(KEY, SECRET, NOW),
                new LedgerWrite.PutMsgSecret(new MsgSecret(KEY, SECRET, null, NOW)),
                new LedgerWrite.PutMedia(new MediaRow(KEY, SECRET, NOW)),
                new LedgerWrite.AppendEvent(new EventRow(1, "message.received", NOW, SECRET)),
                new LedgerWrite.PutOutbound(
                        new OutboundRow(ID, "key", Bytes.EMPTY, GROUP, OutboundState.ACCEPTED, NOW, SECRET, "", 1))));
        List<Bytes> stored = stored(below);
        assertThat(stored)
                .hasSize(16)
                .allSatisfy(value -> assertThat(value.toUtf8()).doesNotContain(MARK));
        get(backend.write(new ProtocolWrite.PutSentMessage(GROUP, ID, SECRET, NOW)));
        assertThat(stored(backend)).hasSize(16).containsOnly(SECRET);
    }

    private static final Bytes ID_BYTES = Bytes.utf8("key id");

    private static List<Bytes> stored(Backend from) {
        List<Bytes> values = new ArrayList<>();
        get(from.loadDevice()).ifPresent(values::add);
        get(from.loadSession(ALICE)).ifPresent(values::add);
        get(from.loadSessions(List.of(ALICE))).forEach(row -> values.add(row.record()));
        get(from.loadIdentity(ALICE)).ifPresent(values::add);
        get(from.loadPreKey(1)).ifPresent(row -> values.add(row.record()));
        get(from.loadSignedPreKey(1)).ifPresent(values::add);
        get(from.loadSenderKey(new SenderKeyName(GROUP, ALICE))).ifPresent(values::add);
        get(from.loadSyncKey(ID_BYTES)).ifPresent(row -> values.add(row.key()));
        get(from.loadGroupMetadata(GROUP)).ifPresent(values::add);
        get(from.loadTcToken(Jid.lid("1"))).ifPresent(row -> values.add(row.token()));
        get(from.takeSentMessage(GROUP, ID)).ifPresent(values::add);
        get(from.loadPendingInbound(KEY)).ifPresent(values::add);
        get(from.loadMsgSecret(KEY)).ifPresent(row -> values.add(row.secret()));
        get(from.readEvents(0, Set.of(), 1)).forEach(row -> values.add(row.payload()));
        get(from.outboundById(ID)).ifPresent(row -> values.add(row.payload()));
        get(from.media(ID)).forEach(row -> values.add(row.payload()));
        return values;
    }

    @Test
    void a_value_moved_to_another_row_is_refused() {
        get(backend.putSession(ALICE, SECRET));
        get(below.putSession(BOB, get(below.loadSession(ALICE)).orElseThrow()));
        assertThatThrownBy(() -> get(backend.loadSession(BOB)))
                .hasCauseInstanceOf(StoreException.class)
                .hasMessageContaining("storage-sealed: a session of account bot: does not open");
        assertThat(get(backend.loadSession(ALICE))).contains(SECRET);
    }

    @Test
    void a_destroyed_account_is_unreadable_for_ever() {
        get(backend.putSession(ALICE, SECRET));
        get(vault.destroy(BOT));
        Backend reborn = get(provider.open(BOT));
        assertThatThrownBy(() -> get(reborn.loadSession(ALICE)))
                .hasMessageContaining("sealed under data key 1, this is 2");
        get(reborn.putSession(ALICE, SECRET));
        assertThat(get(reborn.loadSession(ALICE))).isEqualTo(Optional.of(SECRET));
    }

    @Test
    void plain_is_readable_below_by_explicit_choice() {
        Backend plain = get(SealedProvider.plainOver(memory).open(BOT));
        get(plain.putSession(ALICE, SECRET));
        assertThat(get(below.loadSession(ALICE)).orElseThrow().toUtf8()).endsWith(MARK);
        assertThat(get(plain.loadSession(ALICE))).contains(SECRET);
        assertThatThrownBy(() -> get(backend.loadSession(ALICE))).hasCauseInstanceOf(StoreException.class);
    }
}
