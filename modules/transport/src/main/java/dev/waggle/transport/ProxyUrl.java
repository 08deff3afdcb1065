package dev.waggle.transport;

import dev.waggle.transport.Egress.Login;
import dev.waggle.transport.Egress.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Proxies as people write them: `socks5://user:password@host:port`, `http://user:password@host:port` (CONNECT),
/// the login optional, user and password percent-encoded where they hold anything but letters, digits and `-._~`.
public final class ProxyUrl {
    public static final int LENGTH_MAX = 1024;

    private static final String RULE =
            "socks5://user:password@host:port or http://user:password@host:port, the login optional";
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|\\[[0-9A-Fa-f:.]{2,45}]");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final int SOCKS_LOGIN_MAX = 255;
    private static final String UNRESERVED = "-._~";

    private ProxyUrl() {}

    /// @throws ProxyUrlException naming the rule, never the password
    public static Proxy parse(String text) {
        int colon = text.indexOf("://");
        if (colon < 0 || text.length() > LENGTH_MAX) {
            throw new ProxyUrlException("a text of " + text.length() + " characters", RULE);
        }
        Proxy.Kind kind = switch (text.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "socks5" -> Proxy.Kind.SOCKS5;
            case "http" -> Proxy.Kind.HTTP_CONNECT;
            default -> throw new ProxyUrlException("a scheme that is neither", RULE);
        };
        String rest = text.substring(colon + 3);
        int at = rest.lastIndexOf('@');
        String place = rest.substring(at + 1);
        int split = place.lastIndexOf(':');
        if (split < 0
                || !HOST.matcher(place.substring(0, split)).matches()
                || !PORT.matcher(place.substring(split + 1)).matches()) {
            throw new ProxyUrlException("no host and port", RULE);
        }
        int port = Integer.parseInt(place.substring(split + 1));
        if (port < 1 || port > 65_535) {
            throw new ProxyUrlException("port " + port, "a port of 1..65535");
        }
        String host = place.substring(0, split).toLowerCase(Locale.ROOT);
        Proxy proxy = new Proxy(kind, unbracketed(host), port, at < 0 ? null : login(kind, rest.substring(0, at)));
        // What is kept is what [#write] gives: it must not be longer than what is read.
        if (write(proxy).length() > LENGTH_MAX) {
            throw new ProxyUrlException("a login", "at most " + LENGTH_MAX + " characters, encoded");
        }
        return proxy;
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static Login login(Proxy.Kind kind, String text) {
        int split = text.indexOf(':');
        if (split < 0) {
            throw new ProxyUrlException("a user without a password", RULE);
        }
        String user = decoded(text.substring(0, split));
        String password = decoded(text.substring(split + 1));
        boolean fits = switch (kind) {
            case SOCKS5 -> socks(user) && socks(password);
            case HTTP_CONNECT ->
                !user.isEmpty()
                        && user.indexOf(':') < 0
                        && (user + password).codePoints().noneMatch(Character::isISOControl);
        };
        if (!fits) {
            throw new ProxyUrlException(
                    "a login", "for socks5 1..255 ASCII characters each; for http no control characters");
        }
        return new Login(user, password);
    }

    private static boolean socks(String text) {
        return !text.isEmpty()
                && text.length() <= SOCKS_LOGIN_MAX
                && text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    private static String decoded(String text) {
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == '%' && i + 2 < text.length() && hex(text, i + 1) >= 0 && hex(text, i + 2) >= 0) {
                bytes[length++] = (byte) (hex(text, i + 1) * 16 + hex(text, i + 2));
                i += 2;
            } else if (next == '%' || next <= 0x20 || next >= 0x7f || "/?#[]@:".indexOf(next) >= 0) {
                throw new ProxyUrlException("a login", "percent-encoded user and password");
            } else {
                bytes[length++] = (byte) next;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProxyUrlException("a login", "percent-encoded UTF-8");
        }
    }

    private static int hex(String text, int at) {
        return Character.digit(text.charAt(at), 16);
    }

    /// What [#parse] reads as the same proxy, password included: for where secrets are kept.
    public static String write(Proxy proxy) {
        return text(proxy, login -> encoded(login.user()) + ":" + encoded(login.password()));
    }

    /// For people: the password is `***`.
    public static String redacted(@Nullable Proxy proxy) {
        return proxy == null ? "" : text(proxy, login -> encoded(login.user()) + ":***");
    }

    private static String text(Proxy proxy, java.util.function.Function<Login, String> shown) {
        String scheme = proxy.kind() == Proxy.Kind.SOCKS5 ? "socks5" : "http";
        Login login = proxy.login();
        String host = proxy.host().indexOf(':') >= 0 ? "[" + proxy.host() + "]" : proxy.host();
        return scheme + "://" + (login == null ? "" : shown.apply(login) + "@") + host + ":" + proxy.port();
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            if (c < 0x7f && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return encoded.toString();
    }
}
