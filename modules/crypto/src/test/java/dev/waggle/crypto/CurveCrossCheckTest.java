package dev.waggle.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.curve.Edwards;
import dev.waggle.crypto.curve.PublicPoint;
import java.util.Objects;
import java.util.Random;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;

/// Our curve against two implementations that others wrote, on the same seeded keys and texts.
class CurveCrossCheckTest {
    private static final int ROUNDS = 1_000;
    private final Random random = new Random(25_519);

    @Test
    void agreement_equals_that_of_bouncy_castle_and_auties() {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] ours = bytes(32);
            byte[] theirs = bytes(32);
            byte[] expected = new byte[32];
            X25519.scalarMult(ours, 0, theirs, 0, expected, 0);
            assertThat(Curve25519.agree(ours, theirs)).isEqualTo(expected);
            byte[] clamped = KeyPair.of(Bytes.of(ours)).privateKey().toArray();
            byte[] reduced = theirs.clone();
            reduced[31] &= 0x7f;
            assertThat(com.github.auties00.curve25519.Curve25519.sharedKey(clamped, reduced))
                    .isEqualTo(expected);
        }
    }

    @Test
    void public_keys_equal_those_of_bouncy_castle() {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] key = bytes(32);
            byte[] expected = new byte[32];
            X25519.scalarMultBase(key, 0, expected, 0);
            assertThat(Curve25519.publicKey(key)).isEqualTo(expected);
        }
    }

    @Test
    void our_signatures_satisfy_the_others_and_ourselves() {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] key = bytes(32);
            byte[] message = bytes(random.nextInt(300));
            byte[] publicKey = Curve25519.publicKey(key);
            byte[] signature = XEdDsa.sign(key, message, bytes(64));
            assertThat(XEdDsa.verify(publicKey, message, signature)).isTrue();
            assertThat(bouncyCastleVerifies(publicKey, message, signature)).isTrue();
            assertThat(com.github.auties00.curve25519.Curve25519.verifySignature(publicKey, message, signature))
                    .isTrue();
        }
    }

    @Test
    void signers_and_verifiers_that_are_kept_do_the_same() {
        for (int i = 0; i < ROUNDS / 4; i++) {
            byte[] key = bytes(32);
            XEdDsa.Signer signer = XEdDsa.signer(key);
            XEdDsa.Verifier verifier = XEdDsa.verifier(Curve25519.publicKey(key));
            for (int text = 0; text < 4; text++) {
                byte[] message = bytes(random.nextInt(300));
                byte[] fresh = bytes(64);
                byte[] signature = signer.sign(message, fresh);
                assertThat(signature).isEqualTo(XEdDsa.sign(key, message, fresh));
                assertThat(verifier.verify(message, signature)).isTrue();
                signature[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
                assertThat(verifier.verify(message, signature)).isFalse();
            }
        }
    }

    @Test
    void signatures_are_byte_for_byte_those_of_auties() {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] key = KeyPair.of(Bytes.wrap(bytes(32))).privateKey().toArray();
            byte[] message = bytes(random.nextInt(300));
            byte[] fresh = bytes(64);
            assertThat(XEdDsa.sign(key, message, fresh))
                    .isEqualTo(com.github.auties00.curve25519.Curve25519.sign(key, message, fresh));
        }
    }

    @Test
    void a_signature_with_any_bit_flipped_is_refused_by_all_alike() {
        byte[] key = bytes(32);
        byte[] message = bytes(40);
        byte[] publicKey = Curve25519.publicKey(key);
        byte[] signature = XEdDsa.sign(key, message, bytes(64));
        for (int bit = 0; bit < 512; bit++) {
            byte[] broken = signature.clone();
            broken[bit >> 3] ^= (byte) (1 << (bit & 7));
            assertThat(XEdDsa.verify(publicKey, message, broken))
                    .as("bit %d", bit)
                    .isFalse();
            assertThat(bouncyCastleVerifies(publicKey, message, broken))
                    .as("bit %d", bit)
                    .isFalse();
        }
    }

    private static boolean bouncyCastleVerifies(byte[] publicKey, byte[] message, byte[] signature) {
        PublicPoint point = Objects.requireNonNull(Edwards.liftVartime(publicKey, (signature[63] >> 7) & 1));
        byte[] plain = signature.clone();
        plain[63] &= 0x7f;
        return Ed25519.verify(plain, 0, point.encoded(), 0, message, 0, message.length);
    }

    private byte[] bytes(int size) {
        byte[] out = new byte[size];
        random.nextBytes(out);
        return out;
    }
}
