package dev.waggle.crypto;

import dev.waggle.crypto.curve.Edwards;
import dev.waggle.crypto.curve.Montgomery;
import dev.waggle.crypto.curve.PreparedPoint;
import dev.waggle.crypto.curve.PublicPoint;
import dev.waggle.crypto.curve.Scalar;
import java.util.Arrays;

/// The curve in pure Java.
final class PlainProvider implements CryptoProvider {
    /// What separates the nonce's hash from the challenge's: 2^256 - 2, which no encoded point can be.
    private static final byte[] NONCE_PREFIX = noncePrefix();

    private static byte[] noncePrefix() {
        byte[] prefix = new byte[32];
        Arrays.fill(prefix, (byte) 0xff);
        prefix[0] = (byte) 0xfe;
        return prefix;
    }

    @Override
    public byte[] agree(byte[] privateKey, byte[] publicKey) {
        return Montgomery.multiply(privateKey, publicKey);
    }

    @Override
    public byte[] publicKey(byte[] privateKey) {
        return Edwards.multiplyBaseToMontgomery(Scalar.clamp(privateKey));
    }

    @Override
    public byte[] sign(byte[] privateKey, byte[] message, byte[] random) {
        byte[] k = Scalar.clamp(privateKey);
        byte[] r = nonce(k, message, random);
        byte[] points = Edwards.multiplyBase(r, k);
        return respond(k, r, Arrays.copyOf(points, 32), Arrays.copyOfRange(points, 32, 64), message);
    }

    @Override
    public XEdDsa.Signer signer(byte[] privateKey) {
        byte[] k = Scalar.clamp(privateKey);
        byte[] key = Edwards.multiplyBase(k);
        return (message, random) -> {
            byte[] r = nonce(k, message, random);
            return respond(k, r, Edwards.multiplyBase(r), key, message);
        };
    }

    private static byte[] nonce(byte[] k, byte[] message, byte[] random) {
        return Scalar.reduce(Digest.sha512(NONCE_PREFIX, k, message, random));
    }

    private static byte[] respond(byte[] k, byte[] r, byte[] commitment, byte[] key, byte[] message) {
        byte[] h = Scalar.reduce(Digest.sha512(commitment, key, message));
        byte[] signature = Arrays.copyOf(commitment, XEdDsa.SIGNATURE_BYTES);
        System.arraycopy(Scalar.multiplyAdd(h, k, r), 0, signature, 32, 32);
        signature[63] |= (byte) (key[31] & 0x80);
        return signature;
    }

    @Override
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        byte[] s = scalar(signature);
        if (!Scalar.isCanonicalVartime(s)) {
            return false;
        }
        PublicPoint key = Edwards.liftVartime(publicKey, sign(signature));
        if (key == null) {
            return false;
        }
        byte[] commitment = Arrays.copyOf(signature, 32);
        byte[] h = Scalar.reduce(Digest.sha512(commitment, key.encoded(), message));
        return Arrays.equals(commitment, Edwards.checkPointVartime(s, h, key));
    }

    @Override
    public XEdDsa.Verifier verifier(byte[] publicKey) {
        PreparedPoint key = Edwards.prepareVartime(publicKey);
        return key == null ? (message, signature) -> false : (message, signature) -> verify(key, message, signature);
    }

    private static boolean verify(PreparedPoint key, byte[] message, byte[] signature) {
        byte[] s = scalar(signature);
        if (!Scalar.isCanonicalVartime(s)) {
            return false;
        }
        byte[] commitment = Arrays.copyOf(signature, 32);
        byte[] h = Scalar.reduce(Digest.sha512(commitment, key.encoded(sign(signature)), message));
        return Arrays.equals(commitment, Edwards.checkPointVartime(s, h, key, sign(signature)));
    }

    private static byte[] scalar(byte[] signature) {
        byte[] s = Arrays.copyOfRange(signature, 32, 64);
        s[31] &= 0x7f;
        return s;
    }

    private static int sign(byte[] signature) {
        return (signature[63] >> 7) & 1;
    }
}
