package dev.waggle.transport.netty;

import dev.waggle.transport.Egress;
import dev.waggle.transport.Target;
import dev.waggle.transport.http.HttpCall;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a channel leads, and how.
///
/// @param host lower case, without the brackets of an IPv6 address
/// @param connectMax to the end of the TLS handshake
record Way(String host, int port, boolean secure, Egress egress, Duration connectMax) {
    static Way of(Target target) {
        return new Way(host(target.uri()), target.port(), target.secure(), target.egress(), target.connectMax());
    }

    static Way of(HttpCall call) {
        return new Way(
                host(call.uri()),
                call.port(),
                call.secure(),
                call.egress(),
                call.limits().connectMax());
    }

    private static String host(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /// The address when the host is one; null when it is a name. Never asks anybody.
    @Nullable
    InetAddress literal() {
        boolean maybe = host.indexOf(':') >= 0 || Character.isDigit(host.charAt(host.length() - 1));
        if (!maybe) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
