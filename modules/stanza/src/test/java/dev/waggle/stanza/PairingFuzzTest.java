package dev.waggle.stanza;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.stanza.keys.SignedKey;
import dev.waggle.stanza.login.ClientPayloads;
import dev.waggle.stanza.login.ClientSettings;
import dev.waggle.stanza.login.ClientVersion;
import dev.waggle.stanza.login.LoginException;
import dev.waggle.stanza.login.LoginRequest;
import dev.waggle.stanza.message.MessageContent;
import dev.waggle.stanza.message.Padding;
import dev.waggle.stanza.message.Traits;
import dev.waggle.stanza.pairing.Adv;
import dev.waggle.stanza.pairing.AdvPrimary;
import dev.waggle.stanza.pairing.KeyIndexes;
import dev.waggle.stanza.pairing.PairCode;
import dev.waggle.stanza.pairing.PairingException;
import dev.waggle.stanza.pairing.QrText;
import dev.waggle.wire.node.NodeException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Bytes of phones and clients: containers, texts, payloads and contents read, or are refused by their one
/// exception.
class PairingFuzzTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyPair PHONE = KeyPair.generate(RANDOM);
    private static final KeyPair COMPANION = KeyPair.generate(RANDOM);
    private static final Bytes SECRET = Samples.bytes(32, 9);

    private static void qr(byte[] bytes) {
        try {
            QrText text = QrText.parse(new String(bytes, StandardCharsets.UTF_8));
            assertThat(QrText.parse(text.link())).isEqualTo(text);
        } catch (PairingException e) {
            assertThat(e.getMessage()).contains("expected");
        }
    }

    private static void adv(byte[] bytes) {
        Bytes container = Bytes.of(bytes);
        refusedOrFine(() -> Adv.accept(container, SECRET, COMPANION, RANDOM));
        refusedOrFine(() -> Adv.verify(container, COMPANION.publicKey(), PHONE.publicKey()));
        refusedOrFine(() -> AdvPrimary.confirm(container, PHONE, COMPANION.publicKey()));
        refusedOrFine(() -> KeyIndexes.parse(container));
    }

    private static void refusedOrFine(Runnable step) {
        try {
            step.run();
        } catch (PairingException e) {
            assertThat(e.getMessage()).contains("expected");
        }
    }

    private static void login(byte[] bytes) {
        try {
            LoginRequest.parse(bytes);
        } catch (LoginException e) {
            assertThat(e.getMessage()).contains("expected");
        }
    }

    private static void content(byte[] bytes) {
        try {
            var message = MessageContent.parse(Padding.unpad(bytes));
            MessageContent.type(message);
            MessageContent.textOf(message);
            Traits.of(message);
        } catch (NodeException e) {
            assertThat(e.getMessage()).contains("expected");
        }
    }

    @FuzzTest
    void a_qr_text_is_read_or_refused(byte[] bytes) {
        qr(bytes);
    }

    @FuzzTest
    void an_adv_container_is_read_or_refused(byte[] bytes) {
        adv(bytes);
    }

    @FuzzTest
    void a_client_payload_is_read_or_refused(byte[] bytes) {
        login(bytes);
    }

    @FuzzTest
    void a_content_is_read_or_refused(byte[] bytes) {
        content(bytes);
    }

    private static void loop(byte[] sample, int rounds, Consumer<byte[]> reader) {
        Random random = new Random(sample.length);
        for (int i = 0; i < rounds; i++) {
            byte[] broken = Arrays.copyOf(sample, sample.length - random.nextInt(Math.min(3, sample.length)));
            for (int n = random.nextInt(4); n > 0 && broken.length > 0; n--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            reader.accept(broken);
        }
    }

    @Test
    void broken_bytes_are_read_or_refused() {
        QrText text = new QrText("ref", SECRET, SECRET, SECRET, "1");
        SignedKey signed = new SignedKey(1, SECRET, Samples.bytes(64, 1));
        ClientSettings settings = ClientSettings.of(new ClientVersion(2, 3000, 1), "Waggle");
        AdvPrimary.Identity identity = new AdvPrimary.Identity(1, Instant.EPOCH, 1, false);
        Bytes container = AdvPrimary.vouch(identity, PHONE, COMPANION.publicKey(), SECRET, RANDOM);

        loop(text.text().getBytes(StandardCharsets.UTF_8), 3000, PairingFuzzTest::qr);
        loop(ClientPayloads.registration(settings, 1, SECRET, signed), 3000, PairingFuzzTest::login);
        loop(ClientPayloads.login(settings, Samples.ALICE, 1), 3000, PairingFuzzTest::login);
        loop(Padding.pad(MessageContent.text("hello").toArray(), new Random(1)), 3000, PairingFuzzTest::content);
        loop(container.toArray(), 300, PairingFuzzTest::adv);
        assertThat(Adv.accept(container, SECRET, COMPANION, RANDOM).keyIndex()).isEqualTo(1);
    }

    @Test
    void a_broken_key_bundle_or_code_is_refused() {
        PairCode code = new PairCode("ABCD1234");
        Random random = new Random(1);
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = new byte[random.nextInt(79)];
            random.nextBytes(bytes);
            refusedOrFine(() -> code.unwrap(Bytes.of(bytes)));
            refusedOrFine(() -> PairCode.parse(new String(bytes, StandardCharsets.ISO_8859_1)));
        }
        assertThat(code.display()).isEqualTo("ABCD-1234");
    }
}
