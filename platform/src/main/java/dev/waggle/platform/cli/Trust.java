package dev.waggle.platform.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Whom a command takes for a node's authority, when that is none that everybody knows.
final class Trust {
    private Trust() {}

    /// @param file certificates in PEM form: these and no others
    /// @throws ApiException naming the file and what is expected of it
    static SSLContext of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw refused(file, "certificates in PEM form");
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw refused(file, "a file that can be read");
        } catch (GeneralSecurityException e) {
            throw refused(file, "certificates in PEM form");
        }
    }

    private static ApiException refused(Path file, String rule) {
        return new ApiException("WAGGLE_TRUST_FILE: " + file + " (expected: " + rule + ")");
    }
}
