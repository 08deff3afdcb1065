package dev.waggle.platform.admin.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Certificates and keys in PEM form. What cannot be read is an [IllegalArgumentException] with the file and the
/// rule; nothing of a key is ever in it.
final class PemFiles {
    private static final int BYTES_MAX = 1024 * 1024;
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> KINDS = List.of("RSA", "EC", "EdDSA");

    private PemFiles() {}

    /// At least one, the server's own first.
    static X509Certificate[] chain(Path file) {
        try {
            byte[] text = read(file).getBytes(StandardCharsets.US_ASCII);
            X509Certificate[] chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(text))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toArray(X509Certificate[]::new);
            if (chain.length > 0) {
                return chain;
            }
        } catch (CertificateException e) {
            // Answered below like a file without any.
        }
        throw refused(file, "certificates in PEM form");
    }

    static PrivateKey key(Path file) {
        Matcher block = KEY.matcher(read(file));
        if (block.find()) {
            byte[] der = decoded(block.group(1));
            for (String kind : KINDS) {
                try {
                    return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(der));
                } catch (InvalidKeySpecException e) {
                    // Of another kind, or none at all.
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        throw refused(file, "a PKCS #8 key (BEGIN PRIVATE KEY), RSA, EC or Ed25519");
    }

    /// Whether what one signs the other verifies.
    static boolean belong(PublicKey certified, PrivateKey key) {
        if (!certified.getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(
                    switch (key.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> key.getAlgorithm();
                    });
            byte[] something = certified.getEncoded();
            signature.initSign(key);
            signature.update(something);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(something);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) <= BYTES_MAX) {
                return Files.readString(file, StandardCharsets.ISO_8859_1);
            }
        } catch (IOException e) {
            throw refused(file, "a file that can be read");
        }
        throw refused(file, "at most 1 MiB");
    }

    private static IllegalArgumentException refused(Path file, String rule) {
        return new IllegalArgumentException("waggle.http.tls: " + file + " (expected: " + rule + ")");
    }
}
