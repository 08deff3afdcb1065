package dev.waggle.platform.cluster;

import dev.waggle.address.AccountId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Who is there, and which shards of the accounts live where. Thread-safe.
public interface Members {
    /// @param status as the cluster says: JOINING, UP, LEAVING, EXITING, DOWN; DRAINING for one that is UP and
    /// hands its accounts over before it leaves
    /// @param address where its members reach it; empty for a node that is alone
    record Member(String node, String address, String status, boolean reachable, Set<String> roles, String appVersion) {
        public Member {
            roles = Set.copyOf(roles);
        }
    }

    /// @param accounts that are awake in it
    record Shard(String shard, String node, int accounts) {}

    /// By ascending name.
    List<Member> members();

    /// Those that live somewhere now. Fails with a `TimeoutException` when not all members say so in time.
    CompletionStage<List<Shard>> shards();

    /// Has a member hand its accounts over and end.
    ///
    /// @return false when there is no such member
    boolean drain(String node);

    /// Has an account move to another member, with the others in its shard. Completes when the cluster knows that
    /// it should, with the name of that member; empty: there is no such member, or no other.
    ///
    /// @param from where it is now
    /// @param node empty: any other member
    CompletionStage<Optional<String>> move(AccountId account, String from, String node);

    /// A node that is alone.
    static Members alone(String node, String appVersion) {
        return new Members() {
            @Override
            public List<Member> members() {
                return List.of(new Member(node, "", "UP", true, Set.of(), appVersion));
            }

            @Override
            public CompletionStage<List<Shard>> shards() {
                return CompletableFuture.completedStage(List.of());
            }

            @Override
            public boolean drain(String name) {
                return false;
            }

            @Override
            public CompletionStage<Optional<String>> move(AccountId account, String from, String to) {
                return CompletableFuture.completedStage(Optional.empty());
            }
        };
    }
}
