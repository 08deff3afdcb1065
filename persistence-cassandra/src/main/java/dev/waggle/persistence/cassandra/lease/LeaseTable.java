package dev.waggle.persistence.cassandra.lease;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The table `lease`, by its statements. All that change it are conditional, so they take effect in one order
/// everywhere. A look need not be: many look again and again, and what they do about it is conditional.
final class LeaseTable {
    /// What stands in a row; an empty owner is nobody, epoch 0 is a lease that nobody ever had.
    record Standing(long epoch, String owner) {}

    private final CqlSession session;
    private final Duration timeout;
    private final PreparedStatement look;
    private final PreparedStatement raise;
    private final PreparedStatement begin;
    private final PreparedStatement own;
    private final PreparedStatement renew;
    private final PreparedStatement release;

    LeaseTable(CqlSession session, String keyspace, Duration timeout) {
        this.session = session;
        this.timeout = timeout;
        String table = keyspace + ".lease";
        look = session.prepare("SELECT epoch, owner FROM " + table + " WHERE name = ?");
        begin = session.prepare("UPDATE " + table + " SET epoch = 1 WHERE name = ? IF epoch = NULL AND owner = NULL");
        raise = session.prepare("UPDATE " + table + " SET epoch = ? WHERE name = ? IF epoch = ? AND owner = NULL");
        own = session.prepare("UPDATE " + table + " USING TTL ? SET owner = ? WHERE name = ?");
        renew = session.prepare(
                "UPDATE " + table + " USING TTL ? SET owner = ? WHERE name = ? IF owner = ? AND epoch = ?");
        release = session.prepare("DELETE owner FROM " + table + " WHERE name = ? IF owner = ?");
    }

    private <S extends Statement<S>> S bounded(S statement) {
        return statement.setTimeout(timeout);
    }

    CompletionStage<Standing> look(String name) {
        return session.executeAsync(bounded(look.bind(name))).thenApply(result -> standing(result.one()));
    }

    private static Standing standing(@Nullable Row row) {
        if (row == null) {
            return new Standing(0, "");
        }
        String owner = row.getString("owner");
        return new Standing(row.getLong("epoch"), owner == null ? "" : owner);
    }

    /// Takes what nobody holds, in the epoch after that one.
    ///
    /// @return false when somebody was faster
    CompletionStage<Boolean> take(String name, long epoch, String owner, int liveSeconds) {
        BatchStatement batch = BatchStatement.newInstance(
                DefaultBatchType.LOGGED,
                epoch == 0 ? begin.bind(name) : raise.bind(epoch + 1, name, epoch),
                own.bind(liveSeconds, owner, name));
        return session.executeAsync(bounded(batch).setIdempotent(false)).thenApply(result -> result.wasApplied());
    }

    /// @return false when the owner does not hold it any more
    CompletionStage<Boolean> renew(String name, long epoch, String owner, int liveSeconds) {
        return session.executeAsync(bounded(renew.bind(liveSeconds, owner, name, owner, epoch))
                        .setIdempotent(false))
                .thenApply(result -> result.wasApplied());
    }

    /// @return false when the owner did not hold it
    CompletionStage<Boolean> release(String name, String owner) {
        return session.executeAsync(bounded(release.bind(name, owner)).setIdempotent(false))
                .thenApply(result -> result.wasApplied());
    }
}
