package dev.waggle.platform.webhook.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// The published example of Standard Webhooks' reference libraries; and the JDK as an oracle.
class SignatureTest {
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long SECONDS = 1_614_265_330;
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final Bytes KEY = Bytes.wrap(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));

    @Test
    void the_published_example_is_signed_as_published() {
        assertThat(Signature.header(List.of(KEY), ID, SECONDS, BODY))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(Signature.text(KEY)).isEqualTo("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    }

    @Test
    void each_live_secret_signs() throws Exception {
        Bytes drawn = Signature.draw(new SecureRandom());
        String[] both = Signature.header(List.of(drawn, KEY), ID, SECONDS, BODY).split(" ");
        assertThat(both).hasSize(2);
        assertThat(both[1]).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(drawn.unsafeArray(), "HmacSHA256"));
        mac.update((ID + "." + SECONDS + ".").getBytes(StandardCharsets.UTF_8));
        assertThat(both[0]).isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(BODY)));
    }
}
