package dev.waggle.platform.account.retry;

import dev.waggle.address.Jid;
import dev.waggle.platform.port.Received;
import dev.waggle.stanza.Receipt;
import dev.waggle.stanza.receipt.Retry;

/// One device asks for one message again.
///
/// @param attempts how often it was tried to answer this very receipt
record Request(Received received, Receipt receipt, Retry retry, int attempts) {
    /// The device, by the name that the server gave it.
    Jid asker() {
        return receipt.speaker();
    }

    String id() {
        return retry.id().value();
    }

    Request oneMoreAttempt() {
        return new Request(received, receipt, retry, attempts + 1);
    }
}
