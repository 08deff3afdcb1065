package dev.waggle.platform.account;

import dev.waggle.platform.account.connection.Connection;
import dev.waggle.platform.account.inbox.Inbox;
import dev.waggle.platform.account.ledger.Ledger;
import dev.waggle.platform.account.pairing.Pairing;
import dev.waggle.platform.account.projection.Projection;
import dev.waggle.storage.row.OutboundRow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What only the account's own wiring may say to it.
sealed interface AccountNotice extends AccountMessage {
    record StoresOpened(AccountServices.Stores stores) implements AccountNotice {}

    record StoresFailed(Throwable why) implements AccountNotice {}

    record FromProjection(Projection.Notice notice) implements AccountNotice {}

    record FromLedger(Ledger.Notice notice) implements AccountNotice {}

    record FromConnection(Connection.Notice notice) implements AccountNotice {}

    record FromPairing(String pairing, Pairing.Notice notice) implements AccountNotice {}

    record FromInbox(Inbox.Notice notice) implements AccountNotice {}

    /// What the store knows of the key of a send.
    record KeyLookedUp(
            AccountCommand.Send send,
            Optional<OutboundRow> row,
            @Nullable Throwable failure) implements AccountNotice {}

    record LoggedOut(AccountCommand.Logout logout, @Nullable Throwable failure) implements AccountNotice {}

    /// A ban may be over.
    record LookAtBan() implements AccountNotice {}

    /// What may be stored is stored: nothing is left to do.
    record Left() implements AccountNotice {}
}
