package dev.waggle.platform.port.webhook;

import dev.waggle.address.AccountId;
import java.util.Collection;
import java.util.List;

/// Whose events a webhook wants: all accounts', or those of any account that is named or has one of the labels.
public record Selector(boolean all, List<AccountId> accounts, List<String> labels) {
    public static final Selector ALL = new Selector(true, List.of(), List.of());

    public Selector {
        accounts = List.copyOf(accounts);
        labels = List.copyOf(labels);
    }

    public boolean selects(AccountId account, Collection<String> itsLabels) {
        return all || accounts.contains(account) || labels.stream().anyMatch(itsLabels::contains);
    }
}
