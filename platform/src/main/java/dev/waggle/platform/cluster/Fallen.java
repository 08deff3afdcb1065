package dev.waggle.platform.cluster;

import dev.waggle.platform.cluster.Accounts.Command;
import java.util.Optional;
import org.apache.pekko.actor.AllDeadLetters;
import org.apache.pekko.actor.Dropped;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/// What sharding lets fall when a shard moves: questions that reach the shard's old node when it has been told that
/// the shard will move and not yet to move it. It does so lest they be overtaken by later ones; nobody here minds
/// that, since whoever cares for an order waits for the answer. So they are told again, and find the shard's next
/// place.
public final class Fallen {
    private static final String AT_HAND_OFF = "Avoiding reordering of buffered messages at shard handoff";

    private final ActorSystem<?> system;
    private final String envelopes;

    /// @param envelopes the type of entities whose messages come in envelopes
    public Fallen(ActorSystem<?> system, String envelopes) {
        this.system = system;
        this.envelopes = envelopes;
    }

    /// @return false when it is nothing of that kind
    public boolean toldAgain(AllDeadLetters letter) {
        Object fallen = letter instanceof Dropped ? letter : letter.message();
        if (!(fallen instanceof Dropped dropped) || !dropped.reason().equals(AT_HAND_OFF)) {
            return false;
        }
        Optional<String> type = type(dropped.message());
        type.ifPresent(found -> ClusterSharding.get(system.classicSystem())
                .shardRegion(found)
                .tell(dropped.message(), dropped.sender()));
        return type.isPresent();
    }

    private Optional<String> type(Object message) {
        return switch (message) {
            case Command _ -> Optional.of(ShardedAccounts.KEY.name());
            case ShardingEnvelope<?> _ -> Optional.of(envelopes);
            default -> Optional.empty();
        };
    }
}
