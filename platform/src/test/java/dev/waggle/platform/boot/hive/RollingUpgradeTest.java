package dev.waggle.platform.boot.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.account.ObservedState;
import dev.waggle.platform.boot.Node;
import dev.waggle.platform.cluster.Members.Member;
import dev.waggle.platform.port.webhook.WebhookDraft;
import dev.waggle.platform.webhook.Receiver;
import dev.waggle.storage.StoreException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three nodes are replaced by those of the next build, one after the other, while everybody talks.
class RollingUpgradeTest {
    private static final int ACCOUNTS = 6;
    private static final long PATIENCE_SECONDS = 180;
    private static final Config BEFORE = ConfigFactory.parseString("""
            waggle.cluster { app-version = "1.0.0", handover-max = 60s }
            waggle.webhook { allow-http = on, allow-private = on }
            """);
    /// Says more than the nodes before it know, and does not understand what they say to their own build only.
    private static final Config AFTER = ConfigFactory.parseMap(Map.of(
            "waggle.cluster.app-version", "1.1.0",
            "pekko.actor.serializers.waggle-nodes", "dev.waggle.platform.cluster.wire.NextBuild"));

    @Test
    void three_nodes_are_replaced_by_the_next_build_and_nothing_is_lost(@TempDir Path data) throws Exception {
        try (Receiver receiver = new Receiver();
                Crowd crowd = Crowd.cluster(data, 3, ACCOUNTS, BEFORE)) {
            String webhook = webhook(crowd.hive().any(), receiver.url());
            crowd.talk();
            crowd.pass(30);
            long deadLetters = 0;
            for (int i = 1; i <= 3; i++) {
                Node old = crowd.hive().without("node-" + i);
                // Any other node may be told so, of its build or of the next one.
                assertThat(crowd.hive().any().members().drain(old.name())).isTrue();
                old.system().getWhenTerminated().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                deadLetters += old.deadLetters();
                old.close();
                crowd.hive().join("next-" + i, AFTER);
                crowd.until(
                        "every account at home",
                        views -> online(views) && !homes(views).contains(old.name()));
                everyNodeAnswersForEveryAccount(crowd, webhook);
                crowd.pass(30);
            }
            crowd.pass(30);
            Crowd.Count count = crowd.settle();
            // Nothing was refused but with what the API answers with a 503 that can be repeated: see there.
            assertThat(count.problems()).isEmpty();
            assertThat(count.late()).isEmpty();
            for (Node node : crowd.hive().all()) {
                deadLetters += node.deadLetters();
            }
            assertThat(deadLetters).isZero();
            assertThat(homes(crowd.views())).isSubsetOf("next-1", "next-2", "next-3");
            assertThat(crowd.node().members().members())
                    .extracting(Member::appVersion)
                    .containsExactly("1.1.0", "1.1.0", "1.1.0");
            Set<String> delivered = new HashSet<>();
            while (delivered.size() < count.received()) {
                delivered.add(receiver.taken().id());
            }
        }
    }

    private static Set<String> homes(List<AccountView> views) {
        Set<String> homes = new HashSet<>();
        views.forEach(view -> homes.add(view.node()));
        return homes;
    }

    private static boolean online(List<AccountView> views) {
        return views.stream().allMatch(view -> view.observed() == ObservedState.ONLINE);
    }

    /// Of both builds, about accounts, deliveries and the budget that are kept by either.
    private static void everyNodeAnswersForEveryAccount(Crowd crowd, String webhook) throws Exception {
        List<AccountView> views = crowd.views();
        for (Node node : crowd.hive().all()) {
            for (AccountView view : views) {
                assertThat(crowd.described(node, view.id()).id()).isEqualTo(view.id());
            }
            assertThat(repeated(() -> node.webhooks().positions(webhook, "", 100)))
                    .hasSize(ACCOUNTS);
            assertThat(repeated(() -> node.adminPorts().budget().standing()).rate())
                    .isNotNull();
        }
    }

    /// As a client does that is answered with 503: what is asked for may just be moving.
    private static <T> T repeated(Supplier<CompletionStage<T>> question) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            try {
                return question.get().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (System.nanoTime() > end
                        || !(e.getCause() instanceof StoreException || e.getCause() instanceof TimeoutException)) {
                    throw e;
                }
            }
        }
    }

    private static String webhook(Node node, String url) throws Exception {
        WebhookDraft draft = new WebhookDraft(
                url,
                List.of(WebhookDraft.EVERY),
                null,
                List.of("message.received"),
                null,
                null,
                null,
                null,
                "earliest");
        return node.webhooks()
                .create(draft)
                .toCompletableFuture()
                .get()
                .webhook()
                .id();
    }
}
