package dev.waggle.platform.account.reception;

/// This process may not act for the account any more: another one may have taken over.
public final class TenureException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TenureException() {
        super("the lease of the account's shard is over");
    }
}
