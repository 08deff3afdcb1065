package dev.waggle.noise;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.crypto.XEdDsa;
import dev.waggle.proto.handshake.CertChain;
import dev.waggle.proto.handshake.CertificateDetails;
import dev.waggle.proto.handshake.NoiseCertificate;
import java.security.SecureRandom;
import java.time.Instant;

/// What a server shows to prove its static key: a leaf for that key, signed by an intermediate, signed by the root.
public final class CertificateChain {
    private record Signed(CertificateDetails details, Bytes signedBytes, Bytes signature) {}

    /// How long a certificate is good for, and its number.
    public record Term(int serial, Instant notBefore, Instant notAfter) {}

    private final Signed leaf;
    private final Signed intermediate;

    private CertificateChain(Signed leaf, Signed intermediate) {
        this.leaf = leaf;
        this.intermediate = intermediate;
    }

    /// @throws HandshakeException when the bytes are no chain; nothing is verified yet
    public static CertificateChain parse(byte[] bytes) {
        try {
            CertChain chain = CertChain.parseFrom(bytes);
            return new CertificateChain(
                    signed("leaf", chain.getLeaf()), signed("intermediate", chain.getIntermediate()));
        } catch (InvalidProtocolBufferException e) {
            throw new HandshakeException("certificate chain", bytes.length + " bytes", "a CertChain", e);
        }
    }

    private static Signed signed(String name, NoiseCertificate certificate) throws InvalidProtocolBufferException {
        if (!certificate.hasDetails() || certificate.getSignature().size() != XEdDsa.SIGNATURE_BYTES) {
            throw new HandshakeException(name, "incomplete", "details and a 64-byte signature");
        }
        CertificateDetails details = CertificateDetails.parseFrom(certificate.getDetails());
        if (details.getKey().size() != 32 || !details.hasSerial() || !details.hasIssuerSerial()) {
            throw new HandshakeException(name, "incomplete details", "serials and a 32-byte key");
        }
        return new Signed(
                details,
                Bytes.wrap(certificate.getDetails().toByteArray()),
                Bytes.wrap(certificate.getSignature().toByteArray()));
    }

    /// Makes a chain for a server key: for simulators and tests.
    public static CertificateChain issue(
            KeyPair root, KeyPair issuer, Term issuerTerm, Bytes serverKey, Term leafTerm, SecureRandom random) {
        Signed intermediate = sign(root, details(issuerTerm, 0, issuer.publicKey()), random);
        Signed leaf = sign(issuer, details(leafTerm, issuerTerm.serial(), serverKey), random);
        return new CertificateChain(leaf, intermediate);
    }

    private static CertificateDetails details(Term term, int issuerSerial, Bytes key) {
        return CertificateDetails.newBuilder()
                .setSerial(term.serial())
                .setIssuerSerial(issuerSerial)
                .setKey(ByteString.copyFrom(key.unsafeArray()))
                .setNotBefore(term.notBefore().getEpochSecond())
                .setNotAfter(term.notAfter().getEpochSecond())
                .build();
    }

    private static Signed sign(KeyPair issuer, CertificateDetails details, SecureRandom random) {
        byte[] bytes = details.toByteArray();
        return new Signed(details, Bytes.wrap(bytes), Bytes.wrap(issuer.sign(bytes, random)));
    }

    public byte[] encode() {
        return CertChain.newBuilder()
                .setLeaf(certificate(leaf))
                .setIntermediate(certificate(intermediate))
                .build()
                .toByteArray();
    }

    private static NoiseCertificate certificate(Signed signed) {
        return NoiseCertificate.newBuilder()
                .setDetails(ByteString.copyFrom(signed.signedBytes().unsafeArray()))
                .setSignature(ByteString.copyFrom(signed.signature().unsafeArray()))
                .build();
    }

    /// The server's static key that the leaf speaks for.
    public Bytes leafKey() {
        return Bytes.wrap(leaf.details().getKey().toByteArray());
    }

    /// True while both certificates are within their terms.
    public boolean validAt(Instant now) {
        return within(leaf, now) && within(intermediate, now);
    }

    private static boolean within(Signed signed, Instant now) {
        long second = now.getEpochSecond();
        return second >= signed.details().getNotBefore()
                && second <= signed.details().getNotAfter();
    }

    /// @throws HandshakeException with the first rule that the chain breaks
    public void verify(RootKey root, byte[] serverStatic, Instant now) {
        check(
                signedBy(intermediate, root.key().unsafeArray()),
                "intermediate signature",
                "not the root's",
                "signed by the root key");
        check(
                intermediate.details().getIssuerSerial() == 0,
                "intermediate issuer",
                Integer.toString(intermediate.details().getIssuerSerial()),
                "0, the root");
        byte[] issuer = intermediate.details().getKey().toByteArray();
        check(signedBy(leaf, issuer), "leaf signature", "not the intermediate's", "signed by the intermediate key");
        check(
                leaf.details().getIssuerSerial() == intermediate.details().getSerial(),
                "leaf issuer",
                Integer.toString(leaf.details().getIssuerSerial()),
                "the intermediate's serial");
        check(leafKey().equals(Bytes.of(serverStatic)), "leaf key", "another key", "the server's static key");
        check(within(intermediate, now), "intermediate term", "over or not begun", "now within it");
        check(within(leaf, now), "leaf term", "over or not begun", "now within it");
    }

    private static boolean signedBy(Signed signed, byte[] key) {
        return XEdDsa.verify(
                key, signed.signedBytes().unsafeArray(), signed.signature().unsafeArray());
    }

    private static void check(boolean holds, String name, String value, String rule) {
        if (!holds) {
            throw new HandshakeException("certificate " + name, value, rule);
        }
    }
}
