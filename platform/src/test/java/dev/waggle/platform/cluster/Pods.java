package dev.waggle.platform.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Nodes in a process that has the environment of a pod, each with an address of its own. Prints how many members
/// the first one sees, and ends with its input.
final class Pods {
    private static final Config QUICK = ConfigFactory.parseString("""
            waggle.cluster {
              enabled = on, port = 0, bootstrap = kubernetes, join-max = 300s
              kubernetes { namespace = bees, label-selector = "app=bee" }
            }
            pekko {
              cluster { gossip-interval = 100ms, leader-actions-interval = 100ms }
              management.cluster.bootstrap {
                contact-point-discovery { stable-margin = 500ms, interval = 200ms, resolve-timeout = 60s }
                contact-point { probe-interval = 200ms, probing-failure-timeout = 60s }
              }
            }
            """);

    private Pods() {}

    /// @param arguments a folder with `ca.crt` and `token`, then `host:port` of the management of each
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        List<CompletableFuture<Membership>> joining = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            int colon = arguments[i].lastIndexOf(':');
            Config config = ConfigFactory.parseMap(Map.of(
                            "waggle.node-name", "pod-" + i,
                            "waggle.cluster.management.host", arguments[i].substring(0, colon),
                            "waggle.cluster.management.port", Integer.parseInt(arguments[i].substring(colon + 1)),
                            "waggle.cluster.contact-points-min", arguments.length - 1,
                            "pekko.discovery.kubernetes-api.api-ca-path",
                                    folder.resolve("ca.crt").toString(),
                            "pekko.discovery.kubernetes-api.api-token-path",
                                    folder.resolve("token").toString()))
                    .withFallback(QUICK)
                    .withFallback(ConfigFactory.load());
            joining.add(CompletableFuture.supplyAsync(() -> join(config)));
        }
        List<Membership> all = joining.stream().map(CompletableFuture::join).toList();
        System.out.println("eldest " + all.stream().filter(Membership::oldest).count());
        System.out.println("members " + all.getFirst().members().size());
        System.out.flush();
        while (System.in.read() >= 0) {
            // Until the test has seen enough.
        }
        System.exit(0);
    }

    private static Membership join(Config config) {
        ClusterSettings settings = ClusterSettings.of(config);
        return Membership.join(
                ActorSystem.create(
                        Behaviors.empty(),
                        "waggle",
                        settings.actorSystemConfig().withFallback(config)),
                settings);
    }
}
