package dev.waggle.platform.account;

import dev.waggle.address.AccountId;
import dev.waggle.platform.account.reception.Reception;
import dev.waggle.platform.account.state.AccountState;
import dev.waggle.platform.account.state.AccountState.Link;
import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.Unlinked;
import dev.waggle.storage.control.AccountRow;
import dev.waggle.transport.ProxyUrl;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What an account looks like from outside, and what the directory is told of it.
final class Views {
    private Views() {}

    static AccountView of(
            AccountId id,
            AccountState state,
            String node,
            @Nullable Instant lastTrafficAt,
            @Nullable Instant lastServerAckAt) {
        Link.Linked linked = state.linked();
        return new AccountView(
                id,
                state.running(),
                observed(state),
                state.observed().getReason(),
                linked == null ? null : linked.jid(),
                linked == null ? null : linked.jid().bare(),
                linked == null || linked.lid() == null ? null : linked.lid().bare(),
                state.profile().getPushName(),
                node,
                state.epoch(),
                lastTrafficAt,
                lastServerAckAt,
                restriction(state),
                state.profile().getLabelsList(),
                state.profile().getMetadataMap(),
                state.plugins().keySet(),
                state.profile().getProxy().isEmpty()
                        ? ""
                        : ProxyUrl.redacted(ProxyUrl.parse(state.profile().getProxy())),
                state.nextSequence() - 1);
    }

    /// What people set wins over what was seen last, an ended link over both.
    private static ObservedState observed(AccountState state) {
        return switch (state.link()) {
            case Link.Ended(var why, var last) ->
                switch (why.getReason()) {
                    case BANNED -> ObservedState.BANNED;
                    case OUTDATED -> ObservedState.OUTDATED;
                    case REPLACED -> ObservedState.REPLACED;
                    case LOGGED_OUT, UNKNOWN, UNRECOGNIZED -> ObservedState.LOGGED_OUT;
                };
            case Link.Unpaired(var drawn) ->
                state.observed().getState().equals(ObservedState.PAIRING.name())
                        ? ObservedState.PAIRING
                        : ObservedState.UNPAIRED;
            case Link.Linked linked -> {
                if (!state.running()) {
                    yield ObservedState.STOPPED;
                }
                String seen = state.observed().getState();
                yield seen.isEmpty() ? ObservedState.WAITING : ObservedState.valueOf(seen);
            }
        };
    }

    /// Whether the directory's row looks different after such an event.
    static boolean changedBy(Event.KindCase kind) {
        return switch (kind) {
            case PAIRED, UNLINKED, OBSERVED -> true;
            // These list by themselves, or change nothing that is listed.
            case CONFIGURED,
                    DESIRED_STATE_SET,
                    CREDENTIALS_DRAWN,
                    RECEIVED,
                    SENDS_ACCEPTED,
                    SENDS_RELEASED,
                    SENDS_CANCELLED,
                    PLUGIN_BOUND,
                    PLUGIN_UNBOUND,
                    PLUGIN_STEPPED,
                    OWNER_CHANGED,
                    DELETED,
                    KIND_NOT_SET -> false;
        };
    }

    /// How it looks while its journal is away: it may receive and send nothing, whatever was seen last.
    static AccountView away(AccountView last, Throwable why) {
        boolean meant = switch (last.observed()) {
            case CONNECTING, SYNCING, ONLINE, WAITING -> true;
            case UNPAIRED, PAIRING, STOPPED, LOGGED_OUT, BANNED, OUTDATED, REPLACED -> false;
        };
        return meant ? last.observed(ObservedState.WAITING, Refusal.away(why).word()) : last;
    }

    /// An account whose journal is away can still say what it looks like, and that it waits.
    ///
    /// @param last what it looked like before; empty when there was no account
    static Reception.Absence<AccountCommand> absence(Supplier<Optional<AccountView>> last, AccountServices services) {
        return new Reception.Absence<>() {
            @Override
            public void begins(Throwable why) {
                last.get().ifPresent(view -> {
                    var _ = services.list()
                            .apply(row(away(view, why), services.clock().instant()));
                });
            }

            @Override
            public boolean answers(AccountCommand command, Throwable why) {
                if (command instanceof AccountCommand.Describe(var replyTo)) {
                    Optional<AccountView> known = last.get();
                    known.ifPresent(view -> replyTo.tell(Answer.of(away(view, why))));
                    return known.isPresent();
                }
                return false;
            }
        };
    }

    static AccountRow row(AccountView view, Instant now) {
        return new AccountRow(
                view.id(),
                view.running() ? "RUNNING" : "STOPPED",
                view.observed().name(),
                view.pushName(),
                view.labels(),
                view.metadata(),
                view.jid(),
                view.pn(),
                view.lid(),
                now);
    }

    private static AccountView.@Nullable Restriction restriction(AccountState state) {
        if (!(state.link() instanceof Link.Ended(var why, var last)) || why.getReason() != Unlinked.Reason.BANNED) {
            return null;
        }
        Instant until = why.getUntilMillis() == 0 ? null : Instant.ofEpochMilli(why.getUntilMillis());
        return new AccountView.Restriction("banned", why.getCode(), until);
    }
}
