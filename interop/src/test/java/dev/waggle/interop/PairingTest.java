package dev.waggle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@ExtendWith(NodeJsCondition.class)
class PairingTest {
    @TempDir
    Path folder;

    @Test
    void baileys_pairs_by_qr_and_comes_back_with_its_state() throws Exception {
        try (Desk desk = Desk.in(folder)) {
            Baileys bea = desk.stranger("Bea");
            bea.connect(desk.simulator());
            String phone = desk.simulator()
                    .scan(bea.event("qr").path("qr").asText())
                    .path("jid")
                    .asText();
            bea.event("paired");
            assertThat(bea.event("open").path("pn").asText()).isEqualTo(phone);

            bea.leave();
            bea.connect(desk.simulator());
            assertThat(bea.event("open").path("pn").asText()).isEqualTo(phone);
            assertThat(desk.simulator().violations()).isEmpty();
        }
    }

    @Test
    void baileys_pairs_by_code() throws Exception {
        try (Desk desk = Desk.in(folder)) {
            String phone = desk.simulator().contact("Bea");
            Baileys bea = desk.stranger("Bea");
            bea.connect(desk.simulator());
            bea.event("qr");
            String code = bea.tell("pair-by-code", Map.of("phone", phone))
                    .path("code")
                    .asText();
            desk.simulator().enterCode(phone, code);
            assertThat(bea.event("open").path("pn").asText()).isEqualTo(phone + "@s.whatsapp.net");
            assertThat(desk.simulator().violations()).isEmpty();
        }
    }

    @Test
    void baileys_pairs_over_tls() throws Exception {
        try (Desk desk = Desk.in(folder)) {
            Path authority =
                    Files.writeString(folder.resolve("ca.pem"), desk.simulator().caPem());
            Baileys bea = desk.stranger("Bea");
            bea.connect(Map.of("url", desk.simulator().wss().toString(), "ca", authority.toString()));
            desk.simulator().scan(bea.event("qr").path("qr").asText());
            bea.event("open");
            assertThat(desk.simulator().violations()).isEmpty();
        }
    }
}
