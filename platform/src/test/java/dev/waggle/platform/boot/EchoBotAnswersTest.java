package dev.waggle.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The thin path through every room: paired by QR, a text in, decrypted, journaled, acknowledged, handed to the
/// bot, its answer journaled, encrypted, sent, read by a contact with a real Signal session.
class EchoBotAnswersTest {
    private static final java.util.List<String> LINES = new java.util.concurrent.CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    @Timeout(120)
    void a_contact_hears_every_text_again_in_order_and_once(String backend) throws Exception {
        try (Demo demo = Demo.start(backend, LINES::add)) {
            String account = demo.pair();
            String contact = demo.contact("Carla");
            for (int i = 0; i < 5; i++) {
                demo.exchange(contact, account, "hello " + i);
            }
            String heard = demo.get("/contacts/" + contact + "/messages?after=0");
            for (int i = 0; i < 5; i++) {
                assertThat(Demo.echoes(heard, "hello " + i)).isEqualTo(1);
            }
            assertThat(demo.get("/report")).contains("\"violations\":[]");
            assertThat(demo.node().deadLetters()).as("dead letters").isZero();
        }
    }
}
