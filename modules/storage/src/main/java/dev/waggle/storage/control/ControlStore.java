package dev.waggle.storage.control;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.storage.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The cluster-wide store. Pages are by ascending id and begin after the given one (empty text: at the beginning);
/// `limit` is 1..[#PAGE_MAX]. Puts replace. Failures are [StoreException]s.
public interface ControlStore {
    int PAGE_MAX = 1_000;

    CompletionStage<Void> putApiKey(ApiKeyRow key);

    CompletionStage<Optional<ApiKeyRow>> apiKey(String id);

    CompletionStage<Optional<ApiKeyRow>> apiKeyByHash(Bytes secretHash);

    CompletionStage<List<ApiKeyRow>> apiKeys(String after, int limit);

    CompletionStage<Void> deleteApiKey(String id);

    /// @return the sequence (1..) that the entry got
    CompletionStage<Long> appendAudit(AuditRow entry);

    /// Entries above `after` by ascending sequence.
    CompletionStage<List<AuditRow>> audit(long after, int limit);

    CompletionStage<Integer> purgeAudit(Instant before);

    CompletionStage<Void> putDocument(Shelf shelf, String id, Bytes document);

    /// Puts it only where what is there is `expected` (null: where nothing is), as one step: of several who replace
    /// the same thing at once, one does.
    ///
    /// @return false when something else is there: then nothing was written. After a failure nobody knows
    CompletionStage<Boolean> replaceDocument(Shelf shelf, String id, @Nullable Bytes expected, Bytes document);

    CompletionStage<Optional<Bytes>> document(Shelf shelf, String id);

    CompletionStage<List<DocumentRow>> documents(Shelf shelf, String after, int limit);

    CompletionStage<Void> deleteDocument(Shelf shelf, String id);

    CompletionStage<Void> putAccount(AccountRow account);

    CompletionStage<Optional<AccountRow>> account(AccountId id);

    CompletionStage<List<AccountRow>> accounts(String after, int limit);

    CompletionStage<Void> deleteAccount(AccountId id);

    CompletionStage<Optional<DataKeyRow>> dataKey(AccountId account);

    /// Includes destroyed ones.
    CompletionStage<List<DataKeyRow>> dataKeys(String after, int limit);

    /// Stores a new incarnation.
    ///
    /// @return false when this or a later incarnation is there already: then nothing was written
    CompletionStage<Boolean> createDataKey(DataKeyRow key);

    /// Replaces the wrapped form of an incarnation that is there and not destroyed.
    ///
    /// @return false when it is not
    CompletionStage<Boolean> rewrapDataKey(DataKeyRow key);

    /// Overwrites the wrapped key where it is stored; the incarnation stays, so that it is never given out again.
    CompletionStage<Void> destroyDataKey(AccountId account);
}
