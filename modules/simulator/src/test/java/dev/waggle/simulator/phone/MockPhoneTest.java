package dev.waggle.simulator.phone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.crypto.Mac;
import dev.waggle.crypto.XEdDsa;
import dev.waggle.simulator.check.Fields;
import dev.waggle.simulator.check.FieldsWriter;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The companion's half is written out here byte by byte, so that phone and test share no layout.
final class MockPhoneTest {
    private final SecureRandom random = new SecureRandom();
    private final KeyPair primary = KeyPair.generate(random);
    private final KeyPair companion = KeyPair.generate(random);
    private final Bytes secret = Bytes.wrap(random.generateSeed(32));
    private final MockPhone phone = new MockPhone(primary, 4711, random);
    private final MockPhone.Invitation invitation = phone.invite(companion.publicKey(), secret, 1_700_000_000L);
    private final Fields container = Fields.read("container", invitation.container());
    private final Fields signed = Fields.read("signed", container.require(1));

    private static byte[] join(Bytes... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Bytes part : parts) {
            out.writeBytes(part.toArray());
        }
        return out.toByteArray();
    }

    @Test
    void an_invitation_is_what_companions_verify() {
        byte[] hmac = Mac.sha256(secret.toArray(), container.require(1).toArray());
        byte[] message = join(Bytes.hex("0600"), signed.require(1), companion.publicKey());

        assertThat(container.require(2)).isEqualTo(Bytes.wrap(hmac));
        assertThat(container.requireNumber(3)).isZero();
        assertThat(signed.require(2, 32)).isEqualTo(primary.publicKey());
        assertThat(XEdDsa.verify(
                        primary.publicKey().toArray(),
                        message,
                        signed.require(3, 64).toArray()))
                .isTrue();
        assertThat(signed.has(4)).isFalse();
        Fields details = Fields.read("details", signed.require(1));
        assertThat(details.requireNumber(1)).isEqualTo(4711);
        assertThat(details.requireNumber(2)).isEqualTo(1_700_000_000L);
        assertThat(details.requireNumber(3)).isEqualTo(1);
        assertThat(details.requireNumber(4)).isZero();
    }

    @Test
    void key_indexes_count_up() {
        assertThat(phone.invite(companion.publicKey(), secret, 1).keyIndex()).isEqualTo(2);
        assertThat(phone.invite(companion.publicKey(), secret, 1).keyIndex()).isEqualTo(3);
    }

    private Bytes answer(Bytes details, Bytes accountSignature, String prefix, KeyPair signer, boolean withKey) {
        byte[] message = join(Bytes.hex(prefix), details, companion.publicKey(), primary.publicKey());
        FieldsWriter out = new FieldsWriter().bytes(1, details);
        if (withKey) {
            out.bytes(2, primary.publicKey());
        }
        return out.bytes(3, accountSignature)
                .bytes(4, Bytes.wrap(signer.sign(message, random)))
                .done();
    }

    @Test
    void a_countersignature_gives_the_whole_identity_once() {
        Bytes answer = answer(signed.require(1), signed.require(3), "0601", companion, false);

        Fields whole = Fields.read("whole", phone.countersigned(1, answer).orElseThrow());

        assertThat(whole.require(2, 32)).isEqualTo(primary.publicKey());
        assertThat(whole.require(1)).isEqualTo(signed.require(1));
        assertThat(whole.has(4)).isTrue();
        assertThat(phone.countersigned(1, answer)).isEmpty();
    }

    @Test
    void planted_faults_in_the_countersignature_are_refused() {
        Bytes details = signed.require(1);
        Bytes account = signed.require(3);
        Bytes otherDetails = new FieldsWriter().number(1, 4711).number(3, 9).done();
        KeyPair stranger = KeyPair.generate(random);

        for (Bytes answer : List.of(
                answer(details, account, "0606", companion, false),
                answer(details, account, "0601", stranger, false),
                answer(details, account, "0601", companion, true),
                answer(otherDetails, account, "0601", companion, false),
                answer(details, Bytes.wrap(new byte[64]), "0601", companion, false),
                new FieldsWriter().bytes(1, details).bytes(3, account).done(),
                Bytes.hex("0aff"))) {
            MockPhone fresh = new MockPhone(primary, 4711, random);
            fresh.invite(companion.publicKey(), secret, 1_700_000_000L);
            assertThat(fresh.countersigned(1, answer)).isEmpty();
        }
        assertThat(phone.countersigned(2, answer(details, account, "0601", companion, false)))
                .isEmpty();
    }

    @Test
    void the_list_of_linked_companions_is_signed() {
        phone.invite(companion.publicKey(), secret, 1);
        Fields list = Fields.read("list", phone.keyIndexList(List.of(1, 2), 1_700_000_001L));
        Fields details = Fields.read("details", list.require(1));

        assertThat(details.requireNumber(1)).isEqualTo(4711);
        assertThat(details.requireNumber(3)).isEqualTo(2);
        assertThat(details.require(4)).isEqualTo(Bytes.hex("0102"));
        assertThat(XEdDsa.verify(
                        list.require(3, 32).toArray(),
                        join(Bytes.hex("0602"), list.require(1)),
                        list.require(2, 64).toArray()))
                .isTrue();
    }
}
