package dev.waggle.simulator.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.crypto.AesCtr;
import dev.waggle.crypto.AesGcm;
import dev.waggle.crypto.Hkdf;
import dev.waggle.crypto.KeyPair;
import dev.waggle.crypto.Pbkdf2;
import dev.waggle.simulator.contact.ContactBook;
import dev.waggle.simulator.contact.Neighbourhood;
import dev.waggle.simulator.contact.TestCompanion;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.Exchange;
import dev.waggle.simulator.exchange.ExchangeLimits;
import dev.waggle.simulator.exchange.Inspector;
import dev.waggle.simulator.exchange.PhoneException;
import dev.waggle.wire.node.Node;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class MockPhonesTest {
    private static final String NUMBER = "4915112345678";
    private static final String LINK_CODE = "link_code_companion_reg";

    private final SecureRandom random = new SecureRandom();
    private final Exchange exchange = new Exchange(ExchangeLimits.DEFAULT, InstantSource.system(), random);
    private final ContactBook book = new ContactBook(Neighbourhood.of(exchange), random);
    private final MockPhones phones = MockPhones.of(exchange, book, random);
    private final Bytes secret = Bytes.wrap(random.generateSeed(32));

    @BeforeEach
    void furnish() {
        exchange.furnish(phones, book, Inspector.LENIENT, List.of("127.0.0.1"));
    }

    @AfterEach
    void close() {
        exchange.close();
    }

    private <T> T on(Callable<T> step) {
        return exchange.ask(step).join();
    }

    private static byte[] wrap(String code, Bytes head, Bytes data) {
        byte[] key = Pbkdf2.sha256(code.toCharArray(), head.slice(0, 32).toArray(), 131_072, 32);
        return AesCtr.apply(key, head.slice(32, 48).toArray(), data.toArray());
    }

    private Bytes drawn(int size) {
        return Bytes.wrap(random.generateSeed(size));
    }

    private static Node iq(Node content) {
        return Node.build("iq")
                .attr("type", "set")
                .attr("xmlns", "md")
                .attr("id", "7")
                .content(content)
                .done();
    }

    private Node hello(TestCompanion client, String code, KeyPair ephemeral) {
        Bytes head = drawn(48);
        byte[] wrapped = ByteBuffer.allocate(80)
                .put(head.toArray())
                .put(wrap(code, head, ephemeral.publicKey()))
                .array();
        return iq(Node.build(LINK_CODE)
                .attr("jid", Jid.pn(NUMBER))
                .attr("stage", "companion_hello")
                .content(
                        Node.of("link_code_pairing_wrapped_companion_ephemeral_pub", Bytes.wrap(wrapped)),
                        Node.of("companion_server_auth_key_pub", client.noise.publicKey()),
                        Node.of("companion_platform_id", Bytes.utf8("1")),
                        Node.of("companion_platform_display", Bytes.utf8("Chrome (Linux)")),
                        Node.of("link_code_pairing_nonce", Bytes.utf8("0")))
                .done());
    }

    private Node reply(TestCompanion client, Node iq) {
        exchange.submitUnlinked(client.companion, iq);
        Node reply = client.next("iq");
        while (!reply.attr("id", "").equals("7")) {
            reply = client.next("iq");
        }
        return reply;
    }

    /// The companion's answer to the typed code, and the secret that it derives.
    private record Finish(Node iq, Bytes advSecret) {}

    private Finish finish(TestCompanion client, Node notification, String code, KeyPair ephemeral) {
        Node content = notification.requireChild(LINK_CODE);
        Bytes wrapped = content.requireChild("link_code_pairing_wrapped_primary_ephemeral_pub")
                .requireBytes(80);
        Bytes primary = content.requireChild("primary_identity_pub").requireBytes(32);
        byte[] shared = ephemeral.agree(Bytes.wrap(wrap(code, wrapped.slice(0, 48), wrapped.slice(48, 80))));
        Bytes salt = drawn(32);
        Bytes nonce = drawn(12);
        Bytes extra = drawn(32);
        byte[] info = Bytes.utf8("link_code_pairing_key_bundle_encryption_key").toArray();
        byte[] plain = ByteBuffer.allocate(96)
                .put(client.identity.publicKey().toArray())
                .put(primary.toArray())
                .put(extra.toArray())
                .array();
        byte[] sealed = AesGcm.seal(Hkdf.derive(shared, salt.toArray(), info, 32), nonce.toArray(), new byte[0], plain);
        byte[] bundle = ByteBuffer.allocate(156)
                .put(salt.toArray())
                .put(nonce.toArray())
                .put(sealed)
                .array();
        byte[] input = ByteBuffer.allocate(96)
                .put(shared)
                .put(client.identity.agree(primary))
                .put(extra.toArray())
                .array();
        Bytes adv = Bytes.wrap(
                Hkdf.derive(input, new byte[0], Bytes.utf8("adv_secret").toArray(), 32));
        Node answer = iq(Node.build(LINK_CODE)
                .attr("jid", Jid.pn(NUMBER))
                .attr("stage", "companion_finish")
                .content(
                        Node.of("link_code_pairing_wrapped_key_bundle", Bytes.wrap(bundle)),
                        Node.of("companion_identity_public", client.identity.publicKey()),
                        content.requireChild("link_code_pairing_ref"))
                .done());
        return new Finish(answer, adv);
    }

    @Test
    void a_companion_is_linked_by_code() {
        TestCompanion client = new TestCompanion(exchange, "Ann");
        KeyPair ephemeral = KeyPair.generate(random);
        Node reply = reply(client, hello(client, "ABCD1234", ephemeral));
        assertThat(reply.requireChild(LINK_CODE)
                        .requireChild("link_code_pairing_ref")
                        .bytes())
                .isNotNull();

        User user = on(() -> phones.enterCode("+49 151 12345678", "ABCD1234"));
        Finish finish = finish(client, client.next("notification"), "ABCD1234", ephemeral);
        assertThat(reply(client, finish.iq()).attr("type")).isEqualTo("result");
        client.countersign(finish.advSecret());

        assertThat(user.pn()).isEqualTo(Jid.pn(NUMBER));
        assertThat(client.device().user()).isEqualTo(user);
    }

    @Test
    void a_wrong_code_is_refused_and_may_be_typed_again() {
        TestCompanion client = new TestCompanion(exchange, "Ann");
        KeyPair ephemeral = KeyPair.generate(random);
        reply(client, hello(client, "ABCD1234", ephemeral));

        on(() -> phones.enterCode(NUMBER, "ABCD1235"));
        Finish wrong = finish(client, client.next("notification"), "ABCD1234", ephemeral);
        assertThat(reply(client, wrong.iq()).attr("type")).isEqualTo("error");

        on(() -> phones.enterCode(NUMBER, "ABCD1234"));
        Finish right = finish(client, client.next("notification"), "ABCD1234", ephemeral);
        assertThat(reply(client, right.iq()).attr("type")).isEqualTo("result");
        client.countersign(right.advSecret());
    }

    @Test
    void a_hello_with_another_noise_key_or_without_parts_is_refused() {
        TestCompanion client = new TestCompanion(exchange, "Ann");
        TestCompanion other = new TestCompanion(exchange, "Bob");
        Node foreign = hello(other, "ABCD1234", KeyPair.generate(random));

        assertThat(reply(client, foreign).attr("type")).isEqualTo("error");
        assertThat(reply(
                                client,
                                iq(Node.build(LINK_CODE)
                                        .attr("stage", "companion_hello")
                                        .done()))
                        .attr("type"))
                .isEqualTo("error");
        assertThat(reply(
                                client,
                                iq(Node.build(LINK_CODE)
                                        .attr("stage", "companion_finish")
                                        .done()))
                        .attr("type"))
                .isEqualTo("error");
        assertThatThrownBy(() -> on(() -> phones.enterCode(NUMBER, "ABCD1234")))
                .hasCauseInstanceOf(PhoneException.class);
    }

    @Test
    void a_qr_of_nobody_or_with_other_keys_is_refused() {
        TestCompanion client = new TestCompanion(exchange, "Ann");
        TestCompanion other = new TestCompanion(exchange, "Bob");
        String qr = client.qr(secret);
        String[] parts = qr.split(",", -1);
        String[] foreign = other.qr(secret).split(",", -1);

        for (int part = 0; part < 3; part++) {
            String[] mixed = parts.clone();
            mixed[part] = part == 0 ? "2@nobody" : foreign[part];
            assertThatThrownBy(() -> on(() -> phones.scanQr(String.join(",", mixed))))
                    .hasCauseInstanceOf(PhoneException.class);
        }
        on(() -> phones.scanQr(qr));
        assertThatThrownBy(() -> on(() -> phones.scanQr(qr))).hasCauseInstanceOf(PhoneException.class);
    }
}
