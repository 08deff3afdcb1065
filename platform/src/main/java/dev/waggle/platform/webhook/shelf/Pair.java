package dev.waggle.platform.webhook.shelf;

import dev.waggle.address.AccountId;

/// One webhook and one account; names their delivery wherever it runs.
public record Pair(String webhook, AccountId account) {
    /// As in stored names.
    @Override
    public String toString() {
        return webhook + "/" + account;
    }

    public static Pair parse(String text) {
        int slash = text.indexOf('/');
        return new Pair(text.substring(0, slash), new AccountId(text.substring(slash + 1)));
    }
}
