package dev.waggle.platform.cluster;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.ShardRegion.CurrentShardRegionState;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingQuery;
import org.apache.pekko.cluster.sharding.typed.GetShardRegionState;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;

/// What a node sees of its cluster, and what of the accounts it runs itself. Shards and accounts are those of the
/// reading before.
public final class ClusterMeters {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private final ActorSystem<?> system;
    private volatile int shards;
    private volatile int accounts;

    private ClusterMeters(ActorSystem<?> system) {
        this.system = system;
    }

    /// Nothing for a node that is alone.
    ///
    /// @param members of a node that has joined
    public static void bind(ActorSystem<?> system, Members members, ClusterSettings settings, MeterRegistry meters) {
        if (!settings.enabled()) {
            return;
        }
        ClusterMeters here = new ClusterMeters(system);
        gauge(
                meters,
                "waggle.cluster.members",
                "Members that this node knows",
                () -> members.members().size());
        gauge(
                meters,
                "waggle.cluster.members.unreachable",
                "Members that this node does not reach",
                () -> members.members().stream()
                        .filter(member -> !member.reachable())
                        .count());
        gauge(meters, "waggle.cluster.shards", "Shards of the accounts that live on this node", () -> {
            here.look();
            return here.shards;
        });
        gauge(meters, "waggle.accounts.here", "Accounts that are awake on this node", () -> here.accounts);
        ClusterSettings.Tls tls = settings.tls();
        if (tls != null) {
            Path certificate = Path.of(tls.certificateFile());
            TimeGauge.builder("waggle.cluster.certificate.ends", () -> ends(certificate), TimeUnit.SECONDS)
                    .description("When the certificate that this node shows to other members ends")
                    .register(meters);
        }
    }

    private static void gauge(
            MeterRegistry meters, String name, String description, java.util.function.Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(meters);
    }

    /// Asks the region, whose answer is there for the next who reads.
    private void look() {
        var _ = AskPattern.<ClusterShardingQuery, CurrentShardRegionState>ask(
                        ClusterSharding.get(system).shardState(),
                        replyTo -> new GetShardRegionState(ShardedAccounts.KEY, replyTo),
                        ANSWER_MAX,
                        system.scheduler())
                .thenAccept(state -> {
                    shards = state.getShards().size();
                    accounts = state.getShards().stream()
                            .mapToInt(shard -> shard.getEntityIds().size())
                            .sum();
                });
    }

    /// NaN when it cannot be read now.
    private static double ends(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return ((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in))
                    .getNotAfter()
                    .toInstant()
                    .getEpochSecond();
        } catch (IOException | CertificateException e) {
            return Double.NaN;
        }
    }
}
