package dev.waggle.transport.netty;

import dev.waggle.transport.DisconnectReason;
import dev.waggle.transport.http.HttpException;
import io.netty.handler.proxy.ProxyConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What a throwable of the pipeline means to whoever wanted a connection.
final class DialFailures {
    private DialFailures() {}

    /// @param proxied whether what was being connected to is a proxy
    static DialException of(Throwable cause, boolean proxied) {
        if (cause instanceof DialException known) {
            return known;
        }
        SSLException tls = find(cause, SSLException.class);
        if (tls != null) {
            return new DialException(DialException.Kind.TLS, text(tls));
        }
        ProxyConnectException proxy = find(cause, ProxyConnectException.class);
        if (proxy != null) {
            return proxy(proxy);
        }
        DialException.Kind away = proxied ? DialException.Kind.PROXY_UNREACHABLE : DialException.Kind.UNREACHABLE;
        return new DialException(
                away,
                cause instanceof UnknownHostException unknown ? "unknown name: " + unknown.getMessage() : text(cause));
    }

    /// The library names its proxies' refusals in text only: these words are held by tests against real proxies.
    private static DialException proxy(ProxyConnectException failure) {
        String why = String.valueOf(failure.getMessage());
        boolean login = why.contains("authStatus") || why.contains("authMethod") || why.contains("status: 407");
        return new DialException(
                login ? DialException.Kind.PROXY_LOGIN_REFUSED : DialException.Kind.PROXY_TARGET_REFUSED, why);
    }

    static DisconnectReason reason(DialException failure) {
        String why = String.valueOf(failure.getMessage());
        return switch (failure.kind()) {
            case TLS -> new DisconnectReason.TlsFailure(why);
            case PROXY_UNREACHABLE ->
                new DisconnectReason.ProxyFailure(DisconnectReason.ProxyFailure.Kind.UNREACHABLE, why);
            case PROXY_LOGIN_REFUSED ->
                new DisconnectReason.ProxyFailure(DisconnectReason.ProxyFailure.Kind.LOGIN_REFUSED, why);
            case PROXY_TARGET_REFUSED ->
                new DisconnectReason.ProxyFailure(DisconnectReason.ProxyFailure.Kind.TARGET_REFUSED, why);
            case UNREACHABLE, ADDRESS_REFUSED, TIMEOUT -> new DisconnectReason.Refused(why);
        };
    }

    /// Nothing was sent: the way was never open.
    static HttpException http(DialException failure) {
        HttpException.Kind kind = switch (failure.kind()) {
            case UNREACHABLE, PROXY_UNREACHABLE, PROXY_LOGIN_REFUSED, PROXY_TARGET_REFUSED ->
                HttpException.Kind.UNREACHABLE;
            case ADDRESS_REFUSED -> HttpException.Kind.ADDRESS_REFUSED;
            case TLS -> HttpException.Kind.TLS;
            case TIMEOUT -> HttpException.Kind.TIMEOUT;
        };
        return new HttpException(kind, String.valueOf(failure.getMessage()), false);
    }

    private static String text(Throwable cause) {
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private static <T extends Throwable> @Nullable T find(Throwable cause, Class<T> type) {
        Throwable now = cause;
        for (int depth = 0; now != null && depth < 8; depth++, now = now.getCause()) {
            if (type.isInstance(now)) {
                return type.cast(now);
            }
        }
        return null;
    }
}
