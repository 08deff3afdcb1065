package dev.waggle.platform.admin.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's side of TLS, 1.2 and later. Files that changed are read anew within a minute, so that a renewed
/// certificate needs no restart; what is then wrong with them is logged, and the certificate from before holds on.
/// Thread-safe.
public final class ServerTls {
    private static final Logger log = LoggerFactory.getLogger(ServerTls.class);
    static final Duration LOOK_EVERY = Duration.ofMinutes(1);
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private record Stamps(FileTime certificate, FileTime key) {}

    private record Current(Stamps stamps, SSLContext context, Instant ends) {}

    private final Path certificateFile;
    private final Path keyFile;
    private final InstantSource clock;
    private volatile Current current;
    private volatile Instant lookAt;

    private ServerTls(Path certificateFile, Path keyFile, InstantSource clock) {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.clock = clock;
        this.current = read(stamps());
        this.lookAt = clock.instant().plus(LOOK_EVERY);
    }

    /// @param certificateFile PEM: the server's certificate and what leads to its authority
    /// @param keyFile PEM: its key, PKCS #8
    /// @throws IllegalArgumentException naming the file and what is expected of it
    public static ServerTls open(Path certificateFile, Path keyFile, InstantSource clock) {
        return new ServerTls(certificateFile, keyFile, clock);
    }

    /// For one connection.
    public SSLEngine engine() {
        refresh();
        SSLEngine engine = current.context().createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(VERSIONS);
        return engine;
    }

    /// When the certificate ends that is shown now.
    public Instant ends() {
        refresh();
        return current.ends();
    }

    private void refresh() {
        Instant now = clock.instant();
        if (now.isBefore(lookAt)) {
            return;
        }
        lookAt = now.plus(LOOK_EVERY);
        try {
            Stamps stamps = stamps();
            if (!stamps.equals(current.stamps())) {
                current = read(stamps);
                log.info("the admin API shows another certificate from now on, good until {}", current.ends());
            }
        } catch (IllegalArgumentException e) {
            log.warn("the admin API goes on with the certificate from before: {}", e.getMessage());
        }
    }

    private Stamps stamps() {
        return new Stamps(changed(certificateFile), changed(keyFile));
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("waggle.http.tls: " + file + " (expected: a file that can be read)");
        }
    }

    private Current read(Stamps stamps) {
        X509Certificate[] chain = PemFiles.chain(certificateFile);
        PrivateKey key = PemFiles.key(keyFile);
        if (!PemFiles.belong(chain[0].getPublicKey(), key)) {
            throw new IllegalArgumentException(
                    "waggle.http.tls: " + keyFile + " (expected: the key of " + certificateFile + ")");
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, new char[0], chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return new Current(stamps, context, chain[0].getNotAfter().toInstant());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "waggle.http.tls: " + keyFile + " (expected: a key that Java can use)", e);
        }
    }
}
