package dev.waggle.platform.boot.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.waggle.cache.redis.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real Redis server that is killed, halted and started again while several accounts and contacts write to each
/// other through it: nothing of that is lost, doubled or refused.
class RedisOutageTest {
    /// Texts that pass during each phase.
    private static final int EACH_PHASE = Integer.getInteger("waggle.test.redis-texts", 150);

    private static double lookups(Crowd crowd, String outcome) {
        return crowd
                .node()
                .adminPorts()
                .meters()
                .get("waggle.cache.lookups")
                .tag("outcome", outcome)
                .functionCounters()
                .stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    /// Traffic goes on until the cache answers (again).
    private static void untilUsed(Crowd crowd, String when) throws Exception {
        double before = lookups(crowd, "hit");
        for (int i = 0; i < 200 && lookups(crowd, "hit") == before; i++) {
            crowd.pass(10);
        }
        assertThat(lookups(crowd, "hit")).as("the cache is used " + when).isGreaterThan(before);
    }

    @Test
    void a_redis_server_that_is_killed_halted_and_started_again_under_traffic_costs_lookups_and_no_message(
            @TempDir Path folder) throws Exception {
        try (RedisServer redis = RedisServer.start(Files.createDirectories(folder.resolve("redis")));
                Crowd crowd = Crowd.start(
                        folder.resolve("node"),
                        ConfigFactory.parseString(
                                "waggle.cache { backend = redis, redis.url = \"" + redis.url() + "\" }"))) {
            crowd.talk();
            untilUsed(crowd, "before");

            redis.kill();
            double away = lookups(crowd, "error") + lookups(crowd, "unasked");
            crowd.pass(EACH_PHASE);
            assertThat(lookups(crowd, "error") + lookups(crowd, "unasked"))
                    .as("a killed server costs lookups")
                    .isGreaterThan(away);
            redis.start();
            untilUsed(crowd, "after the first kill");

            redis.halt();
            double late = lookups(crowd, "error");
            double unasked = lookups(crowd, "unasked");
            crowd.pass(EACH_PHASE);
            late = lookups(crowd, "error") - late;
            unasked = lookups(crowd, "unasked") - unasked;
            assertThat(late).as("a server that hangs was asked").isPositive();
            assertThat(unasked)
                    .as("most lookups did not wait for a server that hangs")
                    .isGreaterThan(late);
            redis.kill();
            redis.start();
            untilUsed(crowd, "after the second kill");

            for (int i = 0; i < 3; i++) {
                redis.kill();
                crowd.pass(10);
                redis.start();
                crowd.pass(10);
            }
            redis.halt();
            crowd.pass(20);
            redis.goOn();
            untilUsed(crowd, "when it goes on");

            Crowd.Count count = crowd.settle();
            System.out.println("redis outage: " + count + "; while it hung " + (long) late + " lookups were late, "
                    + (long) unasked + " not made");
            assertThat(count.problems()).isEmpty();
            assertThat(count.sent()).isGreaterThan(EACH_PHASE / 2);
            assertThat(count.received()).isGreaterThan(EACH_PHASE / 2);
        }
    }
}
