package dev.waggle.platform.cluster.lease;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Scheduler;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.coordination.lease.javadsl.Lease;
import org.apache.pekko.coordination.lease.javadsl.LeaseProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.ExecutionContext;

/// The lease that decides which part of a split cluster stays.
///
/// Where two members lose each other and others see both, more than one of them decides, and the same: those two
/// end. One gets the lease. To who does not, the actor system's answer is to end everybody it reaches, and that
/// would be those who stay. So who is refused waits a moment for what the one who got it decided: when those who
/// were lost are told to be down, it was this member's decision too, and it is as if it had got the lease. In a
/// clean split nothing is heard of the other side, and the answer stays no. A store that does not answer decides
/// nothing for this member and may have answered another: that is waited for in the same way.
public final class SplitLease extends Lease {
    /// A few rounds of gossip.
    private static final Duration HEARD_MAX = Duration.ofSeconds(4);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final String HELD = "held-by";
    private static final Logger log = LoggerFactory.getLogger(SplitLease.class);

    /// What this member knows of others, each by its life.
    ///
    /// @param lost members that somebody does not reach
    /// @param standing members that are not told to be down
    record View(Set<String> lost, Set<String> standing) {}

    private final LeaseSettings settings;
    private final Supplier<Lease> inner;
    private final Supplier<View> view;
    private final Scheduler scheduler;
    private final ExecutionContext executor;
    private final Duration heardMax;

    /// @param settings in whose section `held-by` is the path of the lease that is really held
    public SplitLease(LeaseSettings settings, ExtendedActorSystem system) {
        this(
                settings,
                // When it is needed: who makes leases is making this one now, and cannot make two at once.
                () -> LeaseProvider.get(system)
                        .getLease(settings.leaseName(), settings.leaseConfig().getString(HELD), settings.ownerName()),
                () -> view(Cluster.get(system).state()),
                system,
                HEARD_MAX);
    }

    SplitLease(
            LeaseSettings settings,
            Supplier<Lease> inner,
            Supplier<View> view,
            org.apache.pekko.actor.ActorSystem system,
            Duration heardMax) {
        this.settings = settings;
        this.inner = inner;
        this.view = view;
        this.scheduler = system.scheduler();
        this.executor = system.dispatcher();
        this.heardMax = heardMax;
    }

    private static View view(CurrentClusterState state) {
        return new View(
                ids(state.getUnreachable()),
                ids(StreamSupport.stream(state.getMembers().spliterator(), false)
                        .filter(member -> !member.status().equals(MemberStatus.down()))
                        .collect(Collectors.toSet())));
    }

    private static Set<String> ids(Set<Member> members) {
        return members.stream().map(member -> member.uniqueAddress().toString()).collect(Collectors.toSet());
    }

    @Override
    public LeaseSettings getSettings() {
        return settings;
    }

    @Override
    public CompletionStage<Boolean> acquire() {
        return heard(view.get().lost(), inner.get().acquire());
    }

    @Override
    public CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> lost) {
        return heard(view.get().lost(), inner.get().acquire(lost));
    }

    /// @param before who was lost when the decision was made, whatever became of them since
    private CompletionStage<Boolean> heard(Set<String> before, CompletionStage<Boolean> answer) {
        return answer.exceptionally(failure -> {
                    log.warn("the lease of a split is not to be had, and what others decide is waited for", failure);
                    return false;
                })
                .thenCompose(taken -> {
                    Set<String> lost = new HashSet<>(before);
                    lost.addAll(view.get().lost());
                    if (taken || lost.isEmpty()) {
                        return CompletableFuture.completedStage(taken);
                    }
                    CompletableFuture<Boolean> heard = new CompletableFuture<>();
                    look(lost, System.nanoTime() + heardMax.toNanos(), heard);
                    return heard;
                });
    }

    private void look(Set<String> lost, long until, CompletableFuture<Boolean> heard) {
        // Those who are reached again and stand were not decided about: nothing may be done to them.
        if (Collections.disjoint(lost, view.get().standing())) {
            heard.complete(true);
        } else if (System.nanoTime() - until > 0) {
            heard.complete(false);
        } else {
            var _ = scheduler.scheduleOnce(LOOK_EVERY, () -> look(lost, until, heard), executor);
        }
    }

    @Override
    public CompletionStage<Boolean> release() {
        return inner.get().release();
    }

    @Override
    public boolean checkLease() {
        return inner.get().checkLease();
    }
}
