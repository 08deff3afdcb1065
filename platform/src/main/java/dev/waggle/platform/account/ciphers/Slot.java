package dev.waggle.platform.account.ciphers;

import dev.waggle.storage.write.StoreWrite;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One live record: newer than its stored form while `dirty`, and not to be stored while a token is out, because it
/// has consumed a message that is not journaled yet.
final class Slot<R> {
    @Nullable
    R record;

    boolean dirty;
    final Set<Long> tokens = new HashSet<>();
    /// Writes that belong to the record's next store: identities, consumed pre-keys.
    final List<StoreWrite> along = new ArrayList<>();

    Slot(@Nullable R record) {
        this.record = record;
    }

    boolean storable() {
        return dirty && tokens.isEmpty();
    }
}
