package dev.waggle.platform.account;

import dev.waggle.platform.account.connection.Connection;
import dev.waggle.platform.account.inbox.Inbox;
import dev.waggle.platform.account.ledger.Ledger;
import dev.waggle.platform.account.pairing.Pairing;
import dev.waggle.platform.account.projection.Projection;
import dev.waggle.storage.row.OutboundRow;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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

    /// It may be that the time of a send has come.
    record SendsDue() implements AccountNotice {}

    /// Whether the outbox let go of a send before any of it left; asked in the account's own turn.
    record Withdrawn(AccountCommand.CancelSend cancel, BooleanSupplier unsent) implements AccountNotice {}

    /// What the store knows of a send that is not open any more.
    record SendLookedUp(
            AccountCommand.CancelSend cancel,
            Optional<OutboundRow> row,
            @Nullable Throwable failure) implements AccountNotice {}

    record LoggedOut(AccountCommand.Logout logout, @Nullable Throwable failure) implements AccountNotice {}

    /// A ban may be over.
    record LookAtBan() implements AccountNotice {}

    /// What may be stored is stored: nothing is left to do. Said twice, the second time by the account to itself.
    ///
    /// @param leave null when the account was deleted
    record Left(AccountCommand.@Nullable Leave leave, boolean again) implements AccountNotice {}
}
