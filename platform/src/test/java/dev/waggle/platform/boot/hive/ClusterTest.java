package dev.waggle.platform.boot.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.waggle.address.AccountId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.ObservedState;
import dev.waggle.platform.account.PairingView;
import dev.waggle.platform.boot.Node;
import dev.waggle.platform.cluster.Members.Member;
import dev.waggle.platform.cluster.Members.Shard;
import dev.waggle.platform.port.webhook.WebhookDraft;
import dev.waggle.platform.webhook.Receiver;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three nodes with accounts that talk all the time: what passes is counted by both sides.
class ClusterTest {
    private static Set<String> homes(List<AccountView> views) {
        Set<String> homes = new TreeSet<>();
        views.forEach(view -> homes.add(view.node()));
        return homes;
    }

    private static boolean online(List<AccountView> views) {
        return views.stream().allMatch(view -> view.observed() == ObservedState.ONLINE);
    }

    private static final Config HOOKS =
            ConfigFactory.parseString("waggle.webhook { allow-http = on, allow-private = on }");

    @Test
    void accounts_of_a_dead_node_go_on_elsewhere_and_nothing_is_lost(@TempDir Path data) throws Exception {
        try (Receiver receiver = new Receiver();
                Crowd crowd = Crowd.cluster(data, 3, 6, HOOKS)) {
            assertThat(crowd.node().members().members())
                    .extracting(Member::node)
                    .containsExactly("node-1", "node-2", "node-3");
            assertThat(homes(crowd.views())).contains("node-1").hasSizeGreaterThan(1);
            String webhook = webhook(crowd.hive().any(), receiver.url());
            crowd.talk();
            crowd.pass(30);
            List<AccountView> before = crowd.views();
            crowd.hive().without("node-1").close();
            List<AccountView> after = crowd.until(
                    "every account at the others",
                    views -> online(views) && !homes(views).contains("node-1"));
            for (int i = 0; i < before.size(); i++) {
                if (before.get(i).node().equals("node-1")) {
                    assertThat(after.get(i).epoch()).isGreaterThan(before.get(i).epoch());
                }
            }
            crowd.pass(60);
            Crowd.Count count = crowd.settle();
            assertThat(count.problems()).isEmpty();
            assertThat(count.sent()).isPositive();
            Set<String> delivered = new HashSet<>();
            while (delivered.size() < count.received()) {
                delivered.add(receiver.taken().id());
            }
            for (int i = 0; i < 2; i++) {
                assertThat(crowd.hive()
                                .any()
                                .webhooks()
                                .positions(webhook, "", 100)
                                .toCompletableFuture()
                                .get())
                        .hasSize(6)
                        .allMatch(position -> position.deadLetters() == 0);
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

    @Test
    void an_account_that_was_deleted_and_made_again_is_read_through_every_node(@TempDir Path data) throws Exception {
        try (Crowd crowd = Crowd.cluster(data, 3, 1, ConfigFactory.empty())) {
            AccountId bee = crowd.views().getFirst().id();
            List<Node> nodes =
                    List.of(crowd.hive().any(), crowd.hive().any(), crowd.hive().any());
            for (int round = 0; round < 3; round++) {
                for (Node node : nodes) {
                    assertThat(states(node, bee)).isNotEmpty();
                }
                Node asked = nodes.get(round);
                granted(asked, bee, AccountCommand.Delete::new);
                granted(
                        asked,
                        bee,
                        (ActorRef<Answer<AccountView>> to) ->
                                new AccountCommand.Configure("Bee again", List.of(), Map.of(), to));
                granted(asked, bee, (ActorRef<Answer<PairingView>> to) -> new AccountCommand.StartPairing(null, to));
                crowd.until("a code is shown", views -> views.getFirst().observed() == ObservedState.PAIRING);
                for (Node node : nodes) {
                    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                    while (!states(node, bee).equals(List.of("PAIRING"))) {
                        assertThat(System.nanoTime())
                                .as("%s: %s", node.name(), states(node, bee))
                                .isLessThan(end);
                        Thread.onSpinWait();
                    }
                }
            }
        }
    }

    private static List<String> states(Node node, AccountId account) throws Exception {
        return node.events().page(account, 0, Set.of("account.state"), 10).toCompletableFuture().get().stream()
                .map(event -> event.getAccountState().getState())
                .toList();
    }

    private static <T> void granted(Node node, AccountId account, Function<ActorRef<Answer<T>>, AccountCommand> command)
            throws Exception {
        assertThat(node.ask(account, command).toCompletableFuture().get(30, TimeUnit.SECONDS))
                .isInstanceOf(Answer.Granted.class);
    }

    /// What a node says of itself.
    private static void until(Node node, Predicate<String> status) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (node.members().members().stream()
                .filter(member -> member.node().equals(node.name()))
                .noneMatch(member -> status.test(member.status()))) {
            assertThat(System.nanoTime()).as("%s", node.members().members()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void accounts_that_move_or_leave_a_drained_node_lose_nothing(@TempDir Path data) throws Exception {
        Config patient = ConfigFactory.parseString("waggle.cluster.handover-max = 60s");
        try (Crowd crowd = Crowd.cluster(data, 3, 6, patient)) {
            crowd.talk();
            crowd.gaps().begin();
            crowd.pass(30);
            AccountView moved = crowd.views().getFirst();
            String elsewhere = crowd.node()
                    .members()
                    .move(moved.id(), moved.node(), "")
                    .toCompletableFuture()
                    .get()
                    .orElseThrow();
            crowd.until(
                    "the account that was moved",
                    views -> views.getFirst().node().equals(elsewhere) && online(views));
            crowd.pass(30);
            Node drained = crowd.hive().without("node-2");
            assertThat(crowd.node().members().drain("node-2")).isTrue();
            until(drained, "DRAINING"::equals);
            until(drained, status -> !status.equals("DRAINING"));
            assertThat(homes(crowd.views())).as("before it leaves").doesNotContain("node-2");
            drained.system().getWhenTerminated().toCompletableFuture().join();
            drained.close();
            crowd.until(
                    "every account at the others",
                    views -> online(views) && !homes(views).contains("node-2"));
            crowd.pass(60);
            assertThat(crowd.settle().problems()).isEmpty();
            assertThat(crowd.node().members().shards().toCompletableFuture().get())
                    .allMatch(shard -> !shard.node().equals("node-2"))
                    .extracting(Shard::accounts)
                    .satisfies(counts -> assertThat(
                                    counts.stream().mapToInt(Integer::intValue).sum())
                            .isEqualTo(6));
            System.out.println("planned hand-over, away for: " + crowd.gaps().closed());
            crowd.hive().close();
            assertThat(crowd.hive().deadLetters()).isEmpty();
        }
    }
}
