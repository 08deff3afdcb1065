package dev.waggle.transport.contract;

import dev.waggle.transport.Egress;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// An authority that nobody trusts who was not told to, and the certificates that it signs.
public final class Authority {
    private final Path folder;
    private final X509Bundle root;

    /// @param folder where PEM files go
    public Authority(Path folder) throws Exception {
        this.folder = folder;
        root = new CertificateBuilder()
                .subject("CN=Authority of a test")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    /// Whoever is given this file trusts the authority, and no other.
    public Path trust() throws Exception {
        return Files.writeString(folder.resolve("trust.pem"), root.getCertificatePEM());
    }

    /// The authority's certificate in a place where another one stood.
    public void replace(Path trust) throws Exception {
        Files.writeString(trust, root.getCertificatePEM());
    }

    /// For a client that shows who it is.
    public Egress.Identity client(String name) throws Exception {
        X509Bundle signed = new CertificateBuilder().subject("CN=" + name).buildIssuedBy(root);
        return new Egress.Identity(
                Files.writeString(folder.resolve(name + ".pem"), signed.getCertificatePathPEM()),
                Files.writeString(folder.resolve(name + ".key"), signed.getPrivateKeyPEM()));
    }

    private X509Bundle server(List<String> names) throws Exception {
        CertificateBuilder builder = new CertificateBuilder().subject("CN=" + names.getFirst());
        names.forEach(builder::addSanDnsName);
        return builder.buildIssuedBy(root);
    }

    /// For a server on Netty.
    ///
    /// @param wantsClient whether clients must show a certificate of this authority
    SslContext forServer(List<String> names, boolean wantsClient) throws Exception {
        X509Bundle own = server(names);
        return SslContextBuilder.forServer(own.getKeyPair().getPrivate(), own.getCertificatePath())
                .trustManager(new X509Certificate[] {root.getCertificate()})
                .clientAuth(wantsClient ? ClientAuth.REQUIRE : ClientAuth.NONE)
                .build();
    }

    /// For a server on the JDK.
    SSLContext forSite(List<String> names) throws Exception {
        KeyManagerFactory keys = server(names).toKeyManagerFactory();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), root.toTrustManagerFactory().getTrustManagers(), null);
        return context;
    }
}
