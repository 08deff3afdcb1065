package dev.waggle.stanza.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.crypto.Mac;
import dev.waggle.crypto.XEdDsa;
import dev.waggle.proto.adv.ADVDeviceIdentity;
import dev.waggle.proto.adv.ADVEncryptionType;
import dev.waggle.proto.adv.ADVSignedDeviceIdentity;
import dev.waggle.proto.adv.ADVSignedDeviceIdentityHMAC;
import dev.waggle.stanza.Samples;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdvTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyPair PHONE = KeyPair.generate(RANDOM);
    private static final KeyPair COMPANION = KeyPair.generate(RANDOM);
    private static final Bytes SECRET = Samples.bytes(32, 9);

    private static Bytes vouch(boolean hosted) {
        AdvPrimary.Identity identity = new AdvPrimary.Identity(77, Instant.ofEpochSecond(1_700_000_000), 3, hosted);
        return AdvPrimary.vouch(identity, PHONE, COMPANION.publicKey(), SECRET, RANDOM);
    }

    private static Adv.Accepted accept(Bytes container) {
        return Adv.accept(container, SECRET, COMPANION, RANDOM);
    }

    private static void refused(Bytes container, PairingException.Reason reason) {
        assertThatThrownBy(() -> accept(container))
                .asInstanceOf(type(PairingException.class))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    /// The container with its signed part changed and the HMAC made anew, as somebody who knows the secret could
    /// do.
    private static Bytes resealed(boolean hosted, UnaryOperator<ADVSignedDeviceIdentity> change) throws Exception {
        ADVSignedDeviceIdentityHMAC sealed =
                ADVSignedDeviceIdentityHMAC.parseFrom(vouch(hosted).toArray());
        byte[] signed = change.apply(ADVSignedDeviceIdentity.parseFrom(sealed.getDetails()))
                .toByteArray();
        byte[] prefix = hosted ? new byte[] {6, 5} : new byte[0];
        return Bytes.wrap(sealed.toBuilder()
                .setDetails(ByteString.copyFrom(signed))
                .setHmac(ByteString.copyFrom(Mac.sha256(SECRET.toArray(), prefix, signed)))
                .build()
                .toByteArray());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_phone_vouches_and_the_companion_agrees(boolean hosted) {
        Adv.Accepted accepted = accept(vouch(hosted));

        assertThat(accepted.keyIndex()).isEqualTo(3);
        assertThat(accepted.hosted()).isEqualTo(hosted);
        assertThat(accepted.accountIdentity()).isEqualTo(PHONE.publicKey());
        assertThat(AdvPrimary.confirm(accepted.reply(), PHONE, COMPANION.publicKey()))
                .isEqualTo(accepted.deviceIdentity());
        assertThat(Adv.verify(accepted.deviceIdentity(), COMPANION.publicKey(), null))
                .isEqualTo(3);
    }

    @Test
    void the_signatures_are_over_prefix_identity_and_keys() throws Exception {
        ADVSignedDeviceIdentity signed = ADVSignedDeviceIdentity.parseFrom(
                accept(vouch(false)).deviceIdentity().toArray());
        byte[] details = signed.getDetails().toByteArray();
        byte[] companion = COMPANION.publicKey().toArray();
        byte[] phone = PHONE.publicKey().toArray();

        assertThat(XEdDsa.verify(
                        phone,
                        AdvParts.join(new byte[] {6, 0}, details, companion),
                        signed.getAccountSignature().toByteArray()))
                .isTrue();
        assertThat(XEdDsa.verify(
                        companion,
                        AdvParts.join(new byte[] {6, 1}, details, companion, phone),
                        signed.getDeviceSignature().toByteArray()))
                .isTrue();
        ADVDeviceIdentity identity = ADVDeviceIdentity.parseFrom(details);
        assertThat(identity.getRawId()).isEqualTo(77);
        assertThat(identity.getTimestamp()).isEqualTo(1_700_000_000);
    }

    @Test
    void the_reply_does_not_repeat_the_accounts_key() throws Exception {
        ADVSignedDeviceIdentity reply =
                ADVSignedDeviceIdentity.parseFrom(accept(vouch(false)).reply().toArray());

        assertThat(reply.hasAccountSignatureKey()).isFalse();
        assertThat(reply.hasAccountSignature()).isTrue();
        assertThat(reply.getDeviceSignature().size()).isEqualTo(64);
    }

    @Test
    void the_account_type_is_always_written() throws Exception {
        ADVSignedDeviceIdentityHMAC container =
                ADVSignedDeviceIdentityHMAC.parseFrom(vouch(false).toArray());

        assertThat(container.hasAccountType()).isTrue();
        assertThat(container.getAccountType()).isEqualTo(ADVEncryptionType.E2EE);
    }

    @Test
    void another_secret_is_refused_as_an_hmac_mismatch() {
        assertThatThrownBy(() -> Adv.accept(vouch(false), Samples.bytes(32, 8), COMPANION, RANDOM))
                .asInstanceOf(type(PairingException.class))
                .satisfies(refused -> {
                    assertThat(refused.reason()).isEqualTo(PairingException.Reason.HMAC_MISMATCH);
                    assertThat(refused.reason().code()).isEqualTo(401);
                    assertThat(refused.reason().text()).isEqualTo("hmac-mismatch");
                });
    }

    @Test
    void a_container_that_denies_to_be_hosted_fails_its_hmac() throws Exception {
        Bytes denied =
                Bytes.wrap(ADVSignedDeviceIdentityHMAC.parseFrom(vouch(true).toArray()).toBuilder()
                        .setAccountType(ADVEncryptionType.E2EE)
                        .build()
                        .toByteArray());

        refused(denied, PairingException.Reason.HMAC_MISMATCH);
    }

    @Test
    void a_signature_for_another_device_is_refused() {
        KeyPair other = KeyPair.generate(RANDOM);

        assertThatThrownBy(() -> Adv.accept(vouch(false), SECRET, other, RANDOM))
                .asInstanceOf(type(PairingException.class))
                .satisfies(
                        refused -> assertThat(refused.reason()).isEqualTo(PairingException.Reason.SIGNATURE_MISMATCH));
    }

    @Test
    void details_that_turn_hosted_after_signing_are_refused() throws Exception {
        Bytes turned = resealed(false, signed -> {
            try {
                return signed.toBuilder()
                        .setDetails(ADVDeviceIdentity.parseFrom(signed.getDetails()).toBuilder()
                                .setDeviceType(ADVEncryptionType.HOSTED)
                                .build()
                                .toByteString())
                        .build();
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        });

        refused(turned, PairingException.Reason.SIGNATURE_MISMATCH);
    }

    @Test
    void sizes_are_checked_before_signatures() throws Exception {
        refused(
                resealed(
                        false,
                        signed -> signed.toBuilder().clearAccountSignatureKey().build()),
                PairingException.Reason.MALFORMED);
        refused(
                resealed(
                        false,
                        signed -> signed.toBuilder()
                                .setAccountSignature(ByteString.copyFrom(new byte[63]))
                                .build()),
                PairingException.Reason.MALFORMED);
    }

    @Test
    void garbage_is_malformed() throws Exception {
        refused(Bytes.hex("0aff"), PairingException.Reason.MALFORMED);
        refused(
                resealed(
                        false,
                        signed -> signed.toBuilder()
                                .setDetails(ByteString.copyFrom(new byte[] {0x0A, 9}))
                                .build()),
                PairingException.Reason.MALFORMED);
    }

    @Test
    void a_companion_of_our_own_account_may_leave_the_account_out() {
        Adv.Accepted accepted = accept(vouch(false));

        assertThat(Adv.verify(accepted.reply(), COMPANION.publicKey(), PHONE.publicKey()))
                .isEqualTo(3);
        assertThatThrownBy(() -> Adv.verify(accepted.reply(), COMPANION.publicKey(), null))
                .isInstanceOf(PairingException.class);
        assertThatThrownBy(() -> Adv.verify(accepted.reply(), COMPANION.publicKey(), COMPANION.publicKey()))
                .isInstanceOf(PairingException.class);
    }

    @Test
    void a_hosted_device_may_sign_under_either_prefix_and_another_may_not() throws Exception {
        for (boolean hosted : new boolean[] {true, false}) {
            ADVSignedDeviceIdentity signed = ADVSignedDeviceIdentity.parseFrom(
                    accept(vouch(hosted)).deviceIdentity().toArray());
            byte[] message = AdvParts.deviceMessage(new byte[] {6, 6}, signed, COMPANION.publicKey());
            Bytes other = Bytes.wrap(signed.toBuilder()
                    .setDeviceSignature(ByteString.copyFrom(COMPANION.sign(message, RANDOM)))
                    .build()
                    .toByteArray());

            if (hosted) {
                assertThat(Adv.verify(other, COMPANION.publicKey(), null)).isEqualTo(3);
            } else {
                assertThatThrownBy(() -> Adv.verify(other, COMPANION.publicKey(), null))
                        .isInstanceOf(PairingException.class);
            }
        }
    }

    @Test
    void a_reply_that_names_an_account_or_is_signed_by_another_is_refused_by_the_phone() {
        Adv.Accepted accepted = accept(vouch(false));
        KeyPair other = KeyPair.generate(RANDOM);

        assertThatThrownBy(() -> AdvPrimary.confirm(accepted.deviceIdentity(), PHONE, COMPANION.publicKey()))
                .isInstanceOf(PairingException.class);
        assertThatThrownBy(() -> AdvPrimary.confirm(accepted.reply(), PHONE, other.publicKey()))
                .isInstanceOf(PairingException.class);
        assertThatThrownBy(() -> AdvPrimary.confirm(accepted.reply(), other, COMPANION.publicKey()))
                .isInstanceOf(PairingException.class);
    }

    @Test
    void key_indexes_admit_the_phone_the_listed_and_the_newer() {
        Bytes list = AdvPrimary.keyIndexes(77, Instant.ofEpochSecond(5), 4, List.of(0, 2, 4), PHONE, RANDOM);

        KeyIndexes indexes = KeyIndexes.parse(list);

        assertThat(indexes).isEqualTo(new KeyIndexes(77, Instant.ofEpochSecond(5), 4, Set.of(0, 2, 4)));
        assertThat(indexes.admits(0, 3)).isTrue();
        assertThat(indexes.admits(7, 2)).isTrue();
        assertThat(indexes.admits(7, 3)).isFalse();
        assertThat(indexes.admits(7, 5)).isTrue();
        assertThatThrownBy(() -> KeyIndexes.parse(Bytes.hex("0a05"))).isInstanceOf(PairingException.class);
    }

    @Test
    void pairing_is_answered_on_the_servers_id() {
        Adv.Accepted accepted = accept(vouch(false));

        assertThat(PairReplies.received("p1")).hasToString("<iq to=s.whatsapp.net type=result id=p1/>");
        assertThat(PairReplies.signed("p2", accepted))
                .hasToString("<iq to=s.whatsapp.net type=result id=p2><pair-device-sign><device-identity key-index=3>["
                        + accepted.reply().size() + "]</pair-device-sign></iq>");
        assertThat(PairReplies.refused("p2", PairingException.Reason.SIGNATURE_MISMATCH))
                .hasToString("<iq to=s.whatsapp.net type=error id=p2><error code=401 text=signature-mismatch/></iq>");
    }
}
