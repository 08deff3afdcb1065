package dev.waggle.platform.cluster.bootstrap;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.management.cluster.bootstrap.ClusterBootstrap;
import org.apache.pekko.management.javadsl.PekkoManagement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the management port, and looks for the other nodes.
public final class Bootstrap {
    private static final Logger log = LoggerFactory.getLogger(Bootstrap.class);
    private static final Duration BIND_MAX = Duration.ofSeconds(10);

    private Bootstrap() {}

    /// Opens the port, when there is to be one. It is closed with the actor system.
    ///
    /// @throws IllegalArgumentException when it cannot be had
    public static void manage(ActorSystem<?> system, BootstrapSettings settings) {
        if (!settings.managed()) {
            return;
        }
        try {
            Uri uri = PekkoManagement.get(system)
                    .start()
                    .toCompletableFuture()
                    .get(BIND_MAX.toMillis(), TimeUnit.MILLISECONDS);
            log.info("management listens at {}:{}", settings.management().host(), uri.getPort());
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalArgumentException("waggle.cluster.management: "
                    + settings.management().host() + ":" + settings.management().port()
                    + " (expected: an address of this machine that nobody else has)");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalArgumentException("waggle.cluster.management: interrupted while binding");
        }
    }

    /// Joins the cluster that the others are in, or begins one with them.
    ///
    /// @return false when the node is to ask seeds instead
    public static boolean join(ActorSystem<?> system, BootstrapSettings settings) {
        if (settings.discovers()) {
            ClusterBootstrap.get(system).start();
        }
        return settings.discovers();
    }
}
