package dev.waggle.platform.account.state;

import dev.waggle.address.Jid;
import dev.waggle.proto.journal.Configured;
import dev.waggle.proto.journal.CredentialsDrawn;
import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.journal.Observed;
import dev.waggle.proto.journal.Paired;
import dev.waggle.proto.journal.PluginSnapshot;
import dev.waggle.proto.journal.Progress;
import dev.waggle.proto.journal.Unlinked;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything an account remembers, as its journal tells it. Immutable; [#apply] is the only way forward.
///
/// `revision` counts the events applied ever: it is the journal's sequence number and the stores' applied mark.
/// `open` are the accepted sends without a server ack, in the order of acceptance; those whose time has not come
/// are among them ([Scheduled]).
public record AccountState(
        boolean created,
        boolean running,
        Configured profile,
        Link link,
        Observed observed,
        Map<String, Intent> open,
        Map<String, PluginSnapshot> plugins,
        long nextSequence,
        long epoch,
        long revision) {

    /// How the account stands with WhatsApp. A phase is a type, so that no field of another phase can be asked for.
    public sealed interface Link {
        /// Nothing to do with WhatsApp yet; keys may have been drawn for a pairing that did not finish.
        record Unpaired(@Nullable CredentialsDrawn drawn) implements Link {}

        record Linked(CredentialsDrawn credentials, Paired paired) implements Link {
            public Jid jid() {
                return Jid.parse(paired.getJid());
            }

            public @Nullable Jid lid() {
                return paired.getLid().isEmpty() ? null : Jid.parse(paired.getLid());
            }
        }

        /// Over, until a person pairs again (or, when `last` is kept, starts it again).
        record Ended(Unlinked why, @Nullable Linked last) implements Link {}
    }

    public static final AccountState EMPTY = new AccountState(
            false,
            false,
            Configured.getDefaultInstance(),
            new Link.Unpaired(null),
            Observed.getDefaultInstance(),
            Map.of(),
            Map.of(),
            1,
            0,
            0);

    public AccountState apply(Event event) {
        long sequence = Math.max(nextSequence, event.getOwnerChanged().getNextSequence()) + event.getPublishedCount();
        AccountState next = switch (event.getKindCase()) {
            case CONFIGURED -> configured(event.getConfigured());
            case DESIRED_STATE_SET -> desired(event.getDesiredStateSet().getRunning());
            case CREDENTIALS_DRAWN -> linked(new Link.Unpaired(event.getCredentialsDrawn()));
            case PAIRED -> paired(event.getPaired());
            case UNLINKED -> unlinked(event.getUnlinked());
            case OBSERVED -> observed(event.getObserved());
            case RECEIVED -> progressed(event.getReceived().getProgressList());
            case SENDS_ACCEPTED -> accepted(event.getSendsAccepted().getIntentsList());
            case PLUGIN_BOUND -> bound(event);
            case PLUGIN_UNBOUND -> unbound(event.getPluginUnbound().getPlugin());
            case PLUGIN_STEPPED -> stepped(event);
            case OWNER_CHANGED -> owned(event.getOwnerChanged().getEpoch());
            case SENDS_RELEASED -> released(event.getSendsReleased().getMessageIdsList());
            case SENDS_CANCELLED -> cancelled(event.getSendsCancelled().getMessageIdsList());
            case DELETED -> EMPTY;
            case KIND_NOT_SET -> this;
        };
        return next.at(sequence, revision + 1);
    }

    /// The two names of the account's own user, or null when it is not linked.
    public Link.@Nullable Linked linked() {
        return link instanceof Link.Linked linked ? linked : null;
    }

    /// When the server lets a banned account in again; null: it is not banned, or for good.
    public @Nullable Instant bannedUntil() {
        return link instanceof Link.Ended(var why, var last)
                        && why.getReason() == Unlinked.Reason.BANNED
                        && why.getUntilMillis() > 0
                        && last != null
                ? Instant.ofEpochMilli(why.getUntilMillis())
                : null;
    }

    /// The pairing of a link that ended and was kept.
    ///
    /// @throws IllegalStateException when nothing was kept
    public Paired lastPaired() {
        if (link instanceof Link.Ended(var _, var last) && last != null) {
            return last.paired();
        }
        throw new IllegalStateException("no link was kept");
    }

    private AccountState at(long sequence, long newRevision) {
        return new AccountState(created, running, profile, link, observed, open, plugins, sequence, epoch, newRevision);
    }

    private AccountState configured(Configured change) {
        return new AccountState(
                true, created ? running : true, change, link, observed, open, plugins, nextSequence, epoch, revision);
    }

    /// What was seen before is over: until something is seen, a linked account is stopped, or waits for its
    /// connection.
    private AccountState desired(boolean wanted) {
        Observed seen = linked() == null
                ? observed
                : Observed.newBuilder()
                        .setState(wanted ? "WAITING" : "STOPPED")
                        .setReason(wanted ? "started" : "stopped")
                        .build();
        return new AccountState(created, wanted, profile, link, seen, open, plugins, nextSequence, epoch, revision);
    }

    private AccountState linked(Link changed) {
        return new AccountState(
                created, running, profile, changed, observed, open, plugins, nextSequence, epoch, revision);
    }

    private AccountState paired(Paired paired) {
        CredentialsDrawn credentials = switch (link) {
            case Link.Unpaired(var drawn) -> drawn;
            case Link.Linked linked -> linked.credentials();
            case Link.Ended(var _, var last) -> last == null ? null : last.credentials();
        };
        if (credentials == null) {
            throw new IllegalStateException("paired without credentials");
        }
        AccountState linked = linked(new Link.Linked(credentials, paired));
        return link instanceof Link.Ended
                ? linked.observed(Observed.newBuilder()
                        .setState("WAITING")
                        .setReason("the link is used again")
                        .build())
                : linked;
    }

    /// A logout destroys the link; a ban, an outdated build or a replacement may end, so the keys are kept.
    private AccountState unlinked(Unlinked why) {
        boolean keeps = why.getReason() != Unlinked.Reason.LOGGED_OUT;
        Link.Linked last = keeps ? linked() : null;
        AccountState ended = linked(new Link.Ended(why, last))
                .observed(Observed.newBuilder()
                        .setState(why.getReason().name())
                        .setReason(why.getDetail())
                        .build());
        return keeps ? ended : ended.withOpen(Map.of());
    }

    private AccountState observed(Observed seen) {
        return new AccountState(created, running, profile, link, seen, open, plugins, nextSequence, epoch, revision);
    }

    private AccountState withOpen(Map<String, Intent> changed) {
        return new AccountState(
                created,
                running,
                profile,
                link,
                observed,
                Collections.unmodifiableMap(changed),
                plugins,
                nextSequence,
                epoch,
                revision);
    }

    private AccountState progressed(List<Progress> steps) {
        if (steps.isEmpty() || open.isEmpty()) {
            return this;
        }
        Map<String, Intent> left = new LinkedHashMap<>(open);
        steps.forEach(step -> left.remove(step.getMessageId()));
        return left.size() == open.size() ? this : withOpen(left);
    }

    private AccountState accepted(List<Intent> intents) {
        if (intents.isEmpty()) {
            return this;
        }
        Map<String, Intent> more = new LinkedHashMap<>(open);
        intents.forEach(intent -> more.put(intent.getMessageId(), intent));
        return withOpen(more);
    }

    /// What was released last stands last: that is the order in which it leaves.
    private AccountState released(List<String> ids) {
        Map<String, Intent> changed = new LinkedHashMap<>(open);
        ids.forEach(id -> {
            Intent intent = changed.remove(id);
            if (intent != null) {
                changed.put(id, intent.toBuilder().setReleased(true).build());
            }
        });
        return withOpen(changed);
    }

    private AccountState cancelled(List<String> ids) {
        Map<String, Intent> left = new LinkedHashMap<>(open);
        ids.forEach(left::remove);
        return withOpen(left);
    }

    private AccountState withPlugin(String name, @Nullable PluginSnapshot plugin) {
        Map<String, PluginSnapshot> changed = new LinkedHashMap<>(plugins);
        if (plugin == null) {
            changed.remove(name);
        } else {
            changed.put(name, plugin);
        }
        return new AccountState(
                created,
                running,
                profile,
                link,
                observed,
                open,
                Collections.unmodifiableMap(changed),
                nextSequence,
                epoch,
                revision);
    }

    private AccountState bound(Event event) {
        var bound = event.getPluginBound();
        PluginSnapshot before = plugins.get(bound.getPlugin());
        PluginSnapshot.Builder plugin = before == null
                ? PluginSnapshot.newBuilder().setPlugin(bound.getPlugin()).setCursor(bound.getCursor())
                : before.toBuilder().clearConfig();
        return withPlugin(
                bound.getPlugin(), plugin.putAllConfig(bound.getConfigMap()).build());
    }

    private AccountState unbound(String plugin) {
        return withPlugin(plugin, null);
    }

    private AccountState stepped(Event event) {
        var step = event.getPluginStepped();
        PluginSnapshot before = plugins.get(step.getPlugin());
        if (before == null) {
            return this;
        }
        PluginSnapshot.Builder after = before.toBuilder().setCursor(step.getCursor());
        if (step.getStateChanged()) {
            after.setState(step.getState());
        }
        return withPlugin(step.getPlugin(), after.build()).accepted(step.getIntentsList());
    }

    /// Nobody has seen anything of what another owner saw: its connection and its pairing ended with it.
    private AccountState owned(long newEpoch) {
        String before = observed.getState();
        Observed seen = observed;
        if (linked() != null && running && !before.isEmpty() && !before.equals("WAITING")) {
            seen = Observed.newBuilder()
                    .setState("WAITING")
                    .setReason("begun anew")
                    .build();
        } else if (linked() == null && before.equals("PAIRING")) {
            seen = Observed.newBuilder()
                    .setState("UNPAIRED")
                    .setReason("the pairing ended with the node")
                    .build();
        }
        return new AccountState(created, running, profile, link, seen, open, plugins, nextSequence, newEpoch, revision);
    }
}
