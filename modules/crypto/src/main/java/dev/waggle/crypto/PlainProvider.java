package dev.waggle.crypto;

import dev.waggle.crypto.curve.Edwards;
import dev.waggle.crypto.curve.Montgomery;
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
        byte[] r = Scalar.reduce(Digest.sha512(NONCE_PREFIX, k, message, random));
        byte[] points = Edwards.multiplyBase(r, k);
        byte[] h = Scalar.reduce(Digest.sha512(points, message));
        byte[] signature = Arrays.copyOf(points, XEdDsa.SIGNATURE_BYTES);
        System.arraycopy(Scalar.multiplyAdd(h, k, r), 0, signature, 32, 32);
        signature[63] |= (byte) (points[63] & 0x80);
        return signature;
    }

    @Override
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        byte[] commitment = Arrays.copyOf(signature, 32);
        byte[] s = Arrays.copyOfRange(signature, 32, 64);
        int sign = s[31] >> 7 & 1;
        s[31] &= 0x7f;
        if (!Scalar.isCanonicalVartime(s)) {
            return false;
        }
        PublicPoint key = Edwards.liftVartime(publicKey, sign);
        if (key == null) {
            return false;
        }
        byte[] h = Scalar.reduce(Digest.sha512(commitment, key.encoded(), message));
        return Arrays.equals(commitment, Edwards.checkPointVartime(s, h, key));
    }
}
