package dev.waggle.platform.cluster;

import dev.waggle.address.Bytes;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.control.Shelf;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Into how many shards the accounts of an installation were divided by its first cluster: with another number the
/// same account would be begun twice while both are about.
public final class ShardCount {
    private static final String ID = "cluster-shards";

    private ShardCount() {}

    /// Remembers the number the first time. Fails with an `IllegalArgumentException` when it is another one later.
    public static CompletionStage<Void> check(ControlStore control, int shards) {
        return control.document(Shelf.SETTING, ID).thenCompose(stored -> {
            if (stored.isEmpty()) {
                return control.putDocument(Shelf.SETTING, ID, Bytes.utf8(Integer.toString(shards)));
            }
            String before = new String(stored.get().toArray(), StandardCharsets.US_ASCII);
            return before.equals(Integer.toString(shards))
                    ? CompletableFuture.completedStage(null)
                    : CompletableFuture.failedStage(new IllegalArgumentException(
                            "waggle.cluster.shards: " + shards + " (expected: " + before + ", as it always was)"));
        });
    }
}
