package dev.waggle.platform.cluster.handover;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.ORSet;
import org.apache.pekko.cluster.ddata.ORSetKey;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;

/// Which members are handing their accounts over, as this one knows. One in each actor system of a cluster.
/// Thread-safe.
public final class Leaving implements Extension {
    private static final Id ID = new Id();
    private static final String MAX = "waggle.cluster.handover-max";

    private static final class Id extends AbstractExtensionId<Leaving> {
        @Override
        public Leaving createExtension(ExtendedActorSystem system) {
            return new Leaving(system);
        }
    }

    static final Key<ORSet<String>> KEY = ORSetKey.create("waggle-leaving");
    private static final Replicator.WriteConsistency EVERYBODY = new Replicator.WriteAll(Duration.ofSeconds(3));

    private final Cluster cluster;
    private final DistributedData data;
    private final ActorRef<Replicator.UpdateResponse<ORSet<String>>> nobody;
    private final Duration most;
    private volatile Set<String> known = Set.of();

    private Leaving(ExtendedActorSystem system) {
        this.cluster = Cluster.get(system);
        ActorSystem<?> typed = ActorSystem.wrap(system);
        this.data = DistributedData.get(typed);
        this.nobody = typed.ignoreRef();
        this.most = system.settings().config().getDuration(MAX);
    }

    public static Leaving of(ActorSystem<?> system) {
        return ID.get(system.classicSystem());
    }

    /// How long a member may take for it; nothing: members leave with all they have at once.
    public Duration most() {
        return most;
    }

    /// Of a life of a member: who begins again at the same address is another one.
    static String name(UniqueAddress member) {
        return member.address() + "#" + member.longUid();
    }

    void know(Set<String> members) {
        known = Set.copyOf(members);
    }

    public boolean is(Member member) {
        return known.contains(name(member.uniqueAddress()));
    }

    /// Whether the member at this address is leaving.
    public boolean isAt(Address address) {
        return !known.isEmpty()
                && StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                        .anyMatch(member -> member.address().equals(address) && is(member));
    }

    /// Whether anybody is there to take over.
    boolean hasHeirs() {
        Set<Member> lost = cluster.state().getUnreachable();
        return StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                .anyMatch(member -> member.status().equals(MemberStatus.up())
                        && !is(member)
                        && !lost.contains(member)
                        && !member.uniqueAddress().equals(cluster.selfMember().uniqueAddress()));
    }

    /// Has a member hand over what it has, and leave. Whom it does not reach at once hears it later.
    public void begin(Member member) {
        data.replicator()
                .tell(new Replicator.Update<>(
                        KEY,
                        ORSet.empty(),
                        EVERYBODY,
                        nobody,
                        members -> present(members).add(data.selfUniqueAddress(), name(member.uniqueAddress()))));
    }

    /// Without those that have left.
    private ORSet<String> present(ORSet<String> members) {
        Set<String> there = StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                .map(member -> name(member.uniqueAddress()))
                .collect(Collectors.toSet());
        ORSet<String> left = members;
        for (String member : members.getElements()) {
            if (!there.contains(member)) {
                left = left.remove(data.selfUniqueAddress(), member);
            }
        }
        return left;
    }

    UniqueAddress self() {
        return cluster.selfMember().uniqueAddress();
    }

    void leave() {
        cluster.leave(self().address());
    }
}
