package dev.waggle.transport;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How an account's traffic leaves, sockets and HTTP alike.
///
/// @param proxy none when null: then connections are direct; otherwise nothing goes around it, names are resolved
/// by the proxy
/// @param trust PEM file of the only certificates that are trusted; the JDK's when null
/// @param identity shown to servers that ask for a client certificate; none when null
public record Egress(
        @Nullable Proxy proxy,
        @Nullable Path trust,
        @Nullable Identity identity) {
    public static final Egress DIRECT = new Egress(null, null, null);

    /// The same trust and identity by another way.
    public Egress via(@Nullable Proxy other) {
        return new Egress(other, trust, identity);
    }

    /// @param login none when null
    public record Proxy(
            Kind kind, String host, int port, @Nullable Login login) {
        public enum Kind {
            SOCKS5,
            HTTP_CONNECT
        }
    }

    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /// A client certificate chain and its PKCS #8 key, both PEM files.
    public record Identity(Path chain, Path key) {}
}
