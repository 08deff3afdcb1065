package dev.waggle.platform.account.state;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.platform.account.state.AccountState.Link;
import dev.waggle.platform.journal.SealedRecord;
import dev.waggle.platform.journal.Sealing;
import dev.waggle.proto.journal.CredentialsDrawn;
import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.journal.PluginSnapshot;
import dev.waggle.proto.journal.Snapshot;
import dev.waggle.proto.journal.UnappliedEvent;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.jspecify.annotations.Nullable;

/// Between a state and what the snapshot store keeps, for one account.
///
/// A snapshot hides the events before it from recovery, also those that the stores have not followed yet: so it
/// carries these along, and recovery hands them on.
public final class SnapshotForm implements SnapshotAdapter<AccountState> {
    private static final String FORM = "snapshot-1";

    private final Sealing sealing;
    private final Supplier<Collection<Tail>> unapplied;
    private final Consumer<Tail> recovered;

    /// @param unapplied what the stores have not followed at the moment, oldest first
    /// @param recovered told the same, oldest first, when a snapshot is read
    public SnapshotForm(Sealing sealing, Supplier<Collection<Tail>> unapplied, Consumer<Tail> recovered) {
        this.sealing = sealing;
        this.unapplied = unapplied;
        this.recovered = recovered;
    }

    @Override
    public Object toJournal(AccountState state) {
        Snapshot snapshot = write(state, unapplied.get());
        return new SealedRecord(FORM, sealing.seal(FORM, Bytes.wrap(snapshot.toByteArray())));
    }

    @Override
    public AccountState fromJournal(Object stored) {
        try {
            Snapshot snapshot = Snapshot.parseFrom(
                    sealing.open(FORM, ((SealedRecord) stored).bytes()).unsafeArray());
            snapshot.getUnappliedList()
                    .forEach(event -> recovered.accept(new Tail(event.getJournalSequence(), event.getEvent())));
            return read(snapshot);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("snapshot store: not a snapshot", e);
        }
    }

    static Snapshot write(AccountState state, Collection<Tail> unapplied) {
        Snapshot.Builder snapshot = Snapshot.newBuilder()
                .setProfile(state.profile())
                .setRunning(state.running())
                .setCreated(state.created())
                .setObserved(state.observed())
                .addAllOpenIntents(state.open().values())
                .addAllPlugins(state.plugins().values())
                .setNextSequence(state.nextSequence())
                .setEpoch(state.epoch())
                .setRevision(state.revision());
        switch (state.link()) {
            case Link.Unpaired(var drawn) -> credentials(snapshot, drawn);
            case Link.Linked linked -> linked(snapshot, linked);
            case Link.Ended(var why, var last) -> {
                snapshot.setUnlinked(why);
                if (last != null) {
                    linked(snapshot, last);
                }
            }
        }
        unapplied.forEach(tail -> snapshot.addUnapplied(
                UnappliedEvent.newBuilder().setJournalSequence(tail.revision()).setEvent(tail.event())));
        return snapshot.build();
    }

    private static void credentials(Snapshot.Builder snapshot, @Nullable CredentialsDrawn drawn) {
        if (drawn != null) {
            snapshot.setCredentials(drawn);
        }
    }

    private static void linked(Snapshot.Builder snapshot, Link.Linked linked) {
        snapshot.setCredentials(linked.credentials()).setPaired(linked.paired());
    }

    static AccountState read(Snapshot snapshot) {
        Map<String, Intent> open = new LinkedHashMap<>();
        snapshot.getOpenIntentsList().forEach(intent -> open.put(intent.getMessageId(), intent));
        Map<String, PluginSnapshot> plugins = new LinkedHashMap<>();
        snapshot.getPluginsList().forEach(plugin -> plugins.put(plugin.getPlugin(), plugin));
        return new AccountState(
                snapshot.getCreated(),
                snapshot.getRunning(),
                snapshot.getProfile(),
                link(snapshot),
                snapshot.getObserved(),
                Collections.unmodifiableMap(open),
                Collections.unmodifiableMap(plugins),
                snapshot.getNextSequence(),
                snapshot.getEpoch(),
                snapshot.getRevision());
    }

    private static Link link(Snapshot snapshot) {
        Link.Linked linked =
                snapshot.hasPaired() ? new Link.Linked(snapshot.getCredentials(), snapshot.getPaired()) : null;
        if (snapshot.hasUnlinked()) {
            return new Link.Ended(snapshot.getUnlinked(), linked);
        }
        return linked != null
                ? linked
                : new Link.Unpaired(snapshot.hasCredentials() ? snapshot.getCredentials() : null);
    }
}
