package dev.waggle.platform.account.ledger;

/// Something could not be journaled. It was not, as far as is known, recorded; nothing may be acknowledged for it.
public final class LedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerException(String why) {
        super(why, null, false, false);
    }
}
