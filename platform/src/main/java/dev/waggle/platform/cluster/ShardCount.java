package dev.waggle.platform.cluster;

import dev.waggle.address.Bytes;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.control.Shelf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Into how many shards the accounts of an installation were divided by its first cluster: with another number the
/// same account would be begun twice while both are about.
public final class ShardCount {
    private static final String ID = "cluster-shards";

    private ShardCount() {}

    /// Remembers the number the first time; of several first nodes one does. Fails with an
    /// `IllegalArgumentException` when it is another one later.
    public static CompletionStage<Void> check(ControlStore control, int shards) {
        Bytes wanted = Bytes.utf8(Integer.toString(shards));
        return control.replaceDocument(Shelf.SETTING, ID, null, wanted)
                .thenCompose(first -> first
                        ? CompletableFuture.completedStage(Optional.of(wanted))
                        : control.document(Shelf.SETTING, ID))
                .thenAccept(stored -> {
                    if (!stored.equals(Optional.of(wanted))) {
                        throw new IllegalArgumentException("waggle.cluster.shards: " + shards + " (expected: "
                                + stored.map(ShardCount::text).orElse("what is stored") + ", as it always was)");
                    }
                });
    }

    private static String text(Bytes stored) {
        return new String(stored.toArray(), StandardCharsets.US_ASCII);
    }
}
