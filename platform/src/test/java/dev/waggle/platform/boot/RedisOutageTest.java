package dev.waggle.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.waggle.cache.redis.RedisServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real Redis server that is killed and started again while an account receives and sends.
class RedisOutageTest {
    private static double lookups(Demo demo, String outcome) {
        return demo
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

    @Test
    void a_cache_that_is_killed_and_comes_back_costs_lookups_and_no_message(@TempDir Path directory) throws Exception {
        try (RedisServer redis = RedisServer.start(directory);
                Demo demo = Demo.start(
                        "sqlite",
                        ConfigFactory.parseString(
                                "waggle.cache { backend = redis, redis.url = \"" + redis.url() + "\" }"),
                        line -> {})) {
            String pn = demo.pair();
            String contact = demo.contact("Carla");
            int said = 0;
            while (lookups(demo, "hit") == 0 && said < 100) {
                demo.exchange(contact, pn, "before " + said++);
            }
            double before = lookups(demo, "hit");
            assertThat(before).as("the cache is used").isPositive();
            redis.kill();
            double missed = lookups(demo, "error");
            for (int i = 0; i < 10; i++) {
                demo.exchange(contact, pn, "without " + i);
            }
            assertThat(lookups(demo, "error")).as("it costs lookups").isGreaterThan(missed);
            redis.start();
            double found = lookups(demo, "hit");
            said = 0;
            while (lookups(demo, "hit") == found && said < 100) {
                demo.exchange(contact, pn, "after " + said++);
            }
            assertThat(lookups(demo, "hit")).as("it is used again").isGreaterThan(found);
            String heard = demo.get("/contacts/" + contact + "/messages?after=0");
            for (int i = 0; i < 10; i++) {
                assertThat(Demo.echoes(heard, "without " + i)).isEqualTo(1);
            }
        }
    }
}
