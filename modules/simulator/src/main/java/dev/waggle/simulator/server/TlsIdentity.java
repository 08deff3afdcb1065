package dev.waggle.simulator.server;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;

/// A certificate authority made for this run, and the server certificate that it signed: P-256, for `localhost`,
/// `127.0.0.1`, `::1` and the names of the real servers (for clients that cannot be pointed elsewhere than by a
/// hosts file).
public final class TlsIdentity {
    private static final List<String> NAMES =
            List.of("localhost", "web.whatsapp.com", "g.whatsapp.net", "mmg.whatsapp.net");
    private static final byte[] ECDSA_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final X509Certificate authority;
    private final X509Certificate server;
    private final PrivateKey serverKey;

    private TlsIdentity(X509Certificate authority, X509Certificate server, PrivateKey serverKey) {
        this.authority = authority;
        this.server = server;
        this.serverKey = serverKey;
    }

    /// Good from an hour before `now` for ten years.
    public static TlsIdentity create(SecureRandom random, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair authority = generator.generateKeyPair();
            KeyPair server = generator.generateKeyPair();
            byte[] issuer = name("Waggle simulator CA");
            byte[] own = Der.sequence(
                    extension("2.5.29.19", true, Der.sequence(Der.yes())),
                    extension("2.5.29.15", true, Der.value(0x03, new byte[] {1, 0x06})),
                    extension("2.5.29.14", false, Der.octets(keyId(authority))));
            byte[] leaf = Der.sequence(
                    extension("2.5.29.17", false, alternativeNames()),
                    extension("2.5.29.15", true, Der.value(0x03, new byte[] {7, (byte) 0x80})),
                    extension("2.5.29.37", false, Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"))),
                    extension("2.5.29.35", false, Der.sequence(Der.value(0x80, keyId(authority)))));
            return new TlsIdentity(
                    sign(issuer, issuer, authority, authority, own, random, now),
                    sign(issuer, name("localhost"), authority, server, leaf, random, now),
                    server.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot make a P-256 certificate", e);
        }
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.value(0x31, Der.sequence(Der.oid("2.5.4.3"), Der.utf8(commonName))));
    }

    private static byte[] keyId(KeyPair keys) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-1").digest(keys.getPublic().getEncoded());
    }

    private static byte[] extension(String oid, boolean critical, byte[] content) {
        return Der.sequence(Der.oid(oid), critical ? Der.yes() : new byte[0], Der.octets(content));
    }

    private static byte[] alternativeNames() {
        byte[] names = new byte[0];
        for (String name : NAMES) {
            names = Der.join(names, Der.ascii(0x82, name));
        }
        byte[] six = new byte[16];
        six[15] = 1;
        return Der.sequence(names, Der.value(0x87, new byte[] {127, 0, 0, 1}), Der.value(0x87, six));
    }

    private static X509Certificate sign(
            byte[] issuer,
            byte[] subject,
            KeyPair signer,
            KeyPair owner,
            byte[] extensions,
            SecureRandom random,
            Instant now)
            throws GeneralSecurityException {
        byte[] serial = new BigInteger(120, random).setBit(119).toByteArray();
        byte[] body = Der.sequence(
                Der.value(0xA0, Der.integer(new byte[] {2})),
                Der.integer(serial),
                ECDSA_SHA256,
                issuer,
                Der.sequence(time(now.minus(Duration.ofHours(1))), time(now.plus(Duration.ofDays(3650)))),
                subject,
                owner.getPublic().getEncoded(),
                Der.value(0xA3, extensions));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer.getPrivate(), random);
        signature.update(body);
        byte[] whole = Der.sequence(body, ECDSA_SHA256, Der.bits(signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] time(Instant instant) {
        return Der.ascii(0x18, TIME.format(instant));
    }

    X509Certificate server() {
        return server;
    }

    PrivateKey serverKey() {
        return serverKey;
    }

    X509Certificate authority() {
        return authority;
    }

    /// The authority's certificate, for a client's trust store.
    public String authorityPem() {
        try {
            String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(authority.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
