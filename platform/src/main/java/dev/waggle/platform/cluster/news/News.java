package dev.waggle.platform.cluster.news;

import dev.waggle.address.AccountId;
import dev.waggle.storage.control.AccountRow;
import java.util.List;
import java.util.Set;

/// What happened on one node within a moment.
///
/// @param node where
/// @param listed accounts as the directory shows them now
/// @param gone accounts that are removed
/// @param published accounts whose log has more events
/// @param webhooks whether a webhook was made, changed or removed
/// @param settings whether something was set that holds for all nodes
public record News(
        String node,
        List<AccountRow> listed,
        Set<AccountId> gone,
        Set<AccountId> published,
        boolean webhooks,
        boolean settings) {
    public News {
        listed = List.copyOf(listed);
        gone = Set.copyOf(gone);
        published = Set.copyOf(published);
    }
}
