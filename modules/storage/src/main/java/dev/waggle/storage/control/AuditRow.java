package dev.waggle.storage.control;

import dev.waggle.storage.row.Times;
import java.time.Instant;

/// Who (`actor`, an API key id) did what to which `target`. `sequence` is assigned by the store; 0 before that.
public record AuditRow(long sequence, Instant at, String actor, String action, String target, String detail) {
    public AuditRow {
        at = Times.millis(at);
    }

    public static AuditRow of(Instant at, String actor, String action, String target, String detail) {
        return new AuditRow(0, at, actor, action, target, detail);
    }
}
