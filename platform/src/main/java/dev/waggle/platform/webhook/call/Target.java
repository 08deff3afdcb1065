package dev.waggle.platform.webhook.call;

import dev.waggle.platform.port.webhook.WebhookRefused;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What may be asked for as a webhook's address and headers. A name is looked up only when it is called: what it
/// stands for may change, and is judged then.
public record Target(boolean httpAllowed, AddressGuard guard) {
    private static final int URL_MAX = 2_048;
    private static final int HEADERS_MAX = 32;
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]{0,1024}");
    private static final Pattern LITERAL = Pattern.compile("\\[.*]|[0-9.]+|(0[xX])?[0-9a-fA-F.xX]*[0-9a-fA-F]");
    /// Ours, or the connection's.
    private static final Set<String> RESERVED = Set.of(
            "host",
            "content-length",
            "content-type",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "proxy-authorization",
            "proxy-connection",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature");

    /// @throws WebhookRefused when it is not one that may be called
    public URI url(String text) {
        String rule = (httpAllowed ? "http:// or " : "") + "https://host[:port]/path of at most " + URL_MAX
                + " characters, without user and fragment";
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw WebhookRefused.invalid("url", text, rule);
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean known = scheme.equals("https") || (httpAllowed && scheme.equals("http"));
        boolean port = uri.getPort() == -1 || (uri.getPort() > 0 && uri.getPort() <= 65_535);
        if (!known || !port || uri.getHost() == null || text.length() > URL_MAX || uri.getFragment() != null) {
            throw WebhookRefused.invalid("url", uri.getUserInfo() == null ? text : "with a user", rule);
        }
        if (uri.getUserInfo() != null || uri.getRawAuthority().contains("@")) {
            throw WebhookRefused.invalid("url", "with a user", rule);
        }
        if (LITERAL.matcher(uri.getHost()).matches() && !literal(uri.getHost())) {
            throw WebhookRefused.invalid("url", text, "an address of the public internet");
        }
        return URI.create(scheme + text.substring(scheme.length()));
    }

    /// Looks nothing up: the text is an address already. It must be one to be called however it is read, for some
    /// resolvers take `0177.0.0.1`, `0x7f.1` and `2130706433` for addresses, too.
    private boolean literal(String host) {
        if (host.startsWith("[")) {
            String six = host.substring(1, host.length() - 1);
            return read(six, InetAddress::ofLiteral).filter(guard).isPresent();
        }
        return read(host, InetAddress::ofLiteral).filter(guard.negate()).isEmpty()
                && read(host, Inet4Address::ofPosixLiteral)
                        .filter(guard.negate())
                        .isEmpty();
    }

    private static Optional<InetAddress> read(String text, Function<String, InetAddress> reader) {
        try {
            return Optional.of(reader.apply(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// @throws WebhookRefused at the first that cannot be sent along
    public static Map<String, String> headers(Map<String, String> given) {
        if (given.size() > HEADERS_MAX) {
            throw WebhookRefused.invalid("headers", given.size() + " of them", "at most " + HEADERS_MAX);
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.forEach((name, value) -> {
            if (!HEADER.matcher(name).matches() || RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
                throw WebhookRefused.invalid("headers", name, "a header's name, none of ours or the connection's");
            }
            if (!HEADER_VALUE.matcher(value).matches()) {
                throw WebhookRefused.invalid("headers." + name, "a value", "0..1024 printable ASCII characters");
            }
            if (headers.put(name, value) != null) {
                throw WebhookRefused.invalid("headers", name, "given once");
            }
        });
        return headers;
    }
}
