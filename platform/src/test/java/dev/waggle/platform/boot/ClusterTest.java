package dev.waggle.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.account.ObservedState;
import dev.waggle.platform.cluster.Members.Member;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

    @Test
    void accounts_of_a_dead_node_go_on_elsewhere_and_nothing_is_lost(@TempDir Path data) throws Exception {
        try (Crowd crowd = Crowd.cluster(data, 3, 6, ConfigFactory.empty())) {
            assertThat(crowd.node().members().members())
                    .extracting(Member::node)
                    .containsExactly("node-1", "node-2", "node-3");
            assertThat(homes(crowd.views())).contains("node-1").hasSizeGreaterThan(1);
            crowd.talk();
            crowd.pass(60);
            crowd.hive().without("node-1").close();
            crowd.until(
                    "every account at the others",
                    views -> online(views) && !homes(views).contains("node-1"));
            crowd.pass(120);
            Crowd.Count count = crowd.settle();
            assertThat(count.problems()).isEmpty();
            assertThat(count.sent()).isPositive();
        }
    }

    @Test
    void a_drained_node_hands_its_accounts_over_and_ends(@TempDir Path data) throws Exception {
        try (Crowd crowd = Crowd.cluster(data, 3, 6, ConfigFactory.empty())) {
            crowd.talk();
            crowd.pass(60);
            Node drained = crowd.hive().without("node-2");
            assertThat(crowd.node().members().drain("node-2")).isTrue();
            drained.system().getWhenTerminated().toCompletableFuture().join();
            drained.close();
            crowd.until(
                    "every account at the others",
                    views -> online(views) && !homes(views).contains("node-2"));
            crowd.pass(120);
            assertThat(crowd.settle().problems()).isEmpty();
        }
    }
}
