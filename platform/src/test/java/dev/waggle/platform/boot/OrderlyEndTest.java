package dev.waggle.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A node that goes down in order, in the midst of traffic: nothing inside it is told to somebody who has ended.
@Timeout(60)
class OrderlyEndTest {
    @RepeatedTest(3)
    void a_node_goes_down_without_a_dead_letter(@TempDir Path data) throws Exception {
        Demo demo = Demo.start("sqlite", data, line -> {});
        try (demo) {
            String account = demo.pair();
            String carla = demo.contact("Carla");
            demo.exchange(carla, account, "hello");
            for (int i = 0; i < 20; i++) {
                demo.post(
                        "/contacts/" + carla + "/messages", "{\"to\":\"" + account + "\",\"text\":\"text " + i + "\"}");
            }
        }
        assertThat(demo.node().deadLetters()).isZero();
    }
}
