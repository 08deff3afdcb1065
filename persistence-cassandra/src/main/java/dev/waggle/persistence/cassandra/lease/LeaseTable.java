package dev.waggle.persistence.cassandra.lease;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The table `lease`, by its statements: rows of leases, and rows of the sessions that hold them. All that change
/// it are conditional, so they take effect in one order everywhere. A look at a lease need not be in that order:
/// many look again and again, and what they do about it is conditional. Whether a session lives is asked in order:
/// a renewal that was under way is over or will never be.
final class LeaseTable {
    /// What stands in a row; an empty owner is nobody, epoch 0 is a lease that nobody ever had.
    record Standing(long epoch, String owner) {}

    private final CqlSession session;
    private final Duration timeout;
    private final PreparedStatement look;
    private final PreparedStatement take;
    private final PreparedStatement raise;
    private final PreparedStatement release;
    private final PreparedStatement begin;
    private final PreparedStatement renew;
    private final PreparedStatement living;

    LeaseTable(CqlSession session, String keyspace, Duration timeout) {
        this.session = session;
        this.timeout = timeout;
        String table = keyspace + ".lease";
        look = session.prepare("SELECT epoch, owner FROM " + table + " WHERE name = ?");
        take = session.prepare(
                "UPDATE " + table + " SET epoch = ?, owner = ? WHERE name = ? IF epoch = ? AND owner = ?");
        raise = session.prepare("UPDATE " + table + " SET epoch = ? WHERE name = ? IF epoch = ?");
        release = session.prepare("DELETE owner FROM " + table + " WHERE name = ? IF epoch = ? AND owner = ?");
        begin = session.prepare("INSERT INTO " + table + " (name, owner) VALUES (?, ?) IF NOT EXISTS USING TTL ?");
        renew = session.prepare("UPDATE " + table + " USING TTL ? SET owner = ? WHERE name = ? IF owner = ?");
        living = session.prepare("SELECT owner FROM " + table + " WHERE name = ?");
    }

    CompletionStage<Standing> look(String name) {
        return session.executeAsync(look.bind(name).setTimeout(timeout)).thenApply(result -> standing(result.one()));
    }

    private static Standing standing(@Nullable Row row) {
        if (row == null) {
            return new Standing(0, "");
        }
        String owner = row.getString("owner");
        return new Standing(row.getLong("epoch"), owner == null ? "" : owner);
    }

    private CompletionStage<Boolean> applied(BoundStatement statement) {
        return session.executeAsync(statement.setTimeout(timeout).setIdempotent(false))
                .thenApply(result -> result.wasApplied());
    }

    private static @Nullable Long stored(long epoch) {
        return epoch == 0 ? null : epoch;
    }

    /// Takes what stands so, in the epoch after that one.
    ///
    /// @return false when it does not stand so any more
    CompletionStage<Boolean> take(String name, Standing before, String owner) {
        return applied(take.bind(
                before.epoch() + 1,
                owner,
                name,
                stored(before.epoch()),
                before.owner().isEmpty() ? null : before.owner()));
    }

    /// After this, a taking from that epoch that is still under way comes to nothing.
    CompletionStage<Boolean> raise(String name, long epoch) {
        return applied(raise.bind(epoch + 1, name, stored(epoch)));
    }

    /// @return false when the owner did not hold it in that epoch
    CompletionStage<Boolean> release(String name, long epoch, String owner) {
        return applied(release.bind(name, epoch, owner));
    }

    /// @param session a name that nobody had before
    CompletionStage<Boolean> begin(String session, int liveSeconds) {
        return applied(begin.bind(session, session, liveSeconds));
    }

    /// @return false when it is over, for ever
    CompletionStage<Boolean> renew(String session, int liveSeconds) {
        return applied(renew.bind(liveSeconds, session, session, session));
    }

    /// Once false, a session never lives again.
    CompletionStage<Boolean> living(String name) {
        return session.executeAsync(
                        living.bind(name).setTimeout(timeout).setConsistencyLevel(DefaultConsistencyLevel.LOCAL_SERIAL))
                .thenApply(result -> {
                    Row row = result.one();
                    return row != null && row.getString("owner") != null;
                });
    }
}
