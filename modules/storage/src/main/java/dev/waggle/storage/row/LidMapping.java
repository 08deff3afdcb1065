package dev.waggle.storage.row;

import dev.waggle.address.Jid;
import java.time.Instant;

/// Both names of one user, bare. `source` says where it was learned.
public record LidMapping(Jid lid, Jid pn, Instant createdAt, Instant updatedAt, String source) {
    public LidMapping {
        lid = lid.bare();
        pn = pn.bare();
        createdAt = Times.millis(createdAt);
        updatedAt = Times.millis(updatedAt);
    }
}
