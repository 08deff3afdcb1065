package dev.waggle.platform.account;

import dev.waggle.proto.journal.Event;
import dev.waggle.storage.control.AccountRow;
import java.time.Instant;

/// What the directory is told of an account.
final class Listings {
    private Listings() {}

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
}
