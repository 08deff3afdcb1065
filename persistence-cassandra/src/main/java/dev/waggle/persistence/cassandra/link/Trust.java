package dev.waggle.persistence.cassandra.link;

import com.datastax.oss.driver.api.core.metadata.EndPoint;
import com.datastax.oss.driver.api.core.ssl.SslEngineFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/// TLS that trusts the certificates of one file and no others.
///
/// A node must be who its certificate says: the name by which it was given as a contact point, otherwise its
/// address. The driver's own way asks the name service what an address is called, and so believes whoever answers
/// there.
final class Trust implements SslEngineFactory {
    private final SSLContext context;
    private final Set<String> names;

    private Trust(SSLContext context, Set<String> names) {
        this.context = context;
        this.names = names;
    }

    /// @param points `host:port` as they were given
    static Trust of(Path file, List<String> points) {
        return new Trust(
                in(file),
                points.stream()
                        .map(point -> point.substring(0, point.lastIndexOf(':')))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public SSLEngine newSslEngine(EndPoint remote) {
        InetSocketAddress address = (InetSocketAddress) remote.resolve();
        SSLEngine engine = context.createSSLEngine(name(address), address.getPort());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }

    private String name(InetSocketAddress address) {
        String given = address.getHostString();
        return address.isUnresolved() || names.contains(given)
                ? given
                : address.getAddress().getHostAddress();
    }

    @Override
    public void close() {}

    /// @throws IllegalArgumentException when the file holds no certificates
    static SSLContext in(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new GeneralSecurityException("no certificate in it");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("trusted-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "storage option trust-file: " + file + " (expected: a PEM file of certificates)", e);
        }
    }
}
