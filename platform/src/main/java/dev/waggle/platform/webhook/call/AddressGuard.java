package dev.waggle.platform.webhook.call;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// Which addresses a webhook may reach: those of the public internet. A webhook's address is chosen by whoever
/// holds an API key, and the node stands where that person does not: beside databases, metadata services, its own
/// API.
///
/// An IPv6 address that carries an IPv4 address (mapped, translated, 6to4, Teredo) is judged by both.
public final class AddressGuard implements Predicate<InetAddress> {
    /// Loopback and private ranges are allowed: for receivers in one's own network, and for tests.
    private final boolean privateAllowed;

    @SuppressWarnings("ArrayRecordComponent")
    private record Range(byte[] network, int bits) {
        static Range of(String text) {
            int slash = text.indexOf('/');
            return new Range(literal(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
        }

        boolean holds(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            int whole = bits / 8;
            int rest = bits % 8;
            return Arrays.equals(address, 0, whole, network, 0, whole)
                    && (rest == 0 || ((address[whole] ^ network[whole]) & 0xff) >> (8 - rest) == 0);
        }
    }

    /// Nobody's unicast address, whatever is allowed.
    private static final List<Range> NEVER = ranges("0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "::/128", "ff00::/8");

    /// RFC 6890 and its like: this host, this network, shared, documentation, benchmarks.
    private static final List<Range> PRIVATE = ranges(
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            // Metadata of Azure's hosts: a public number that is answered on the inside.
            "168.63.129.16/32",
            "::/8",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "2001:db8::/32",
            "3fff::/20",
            "5f00::/16",
            "fc00::/7",
            "fe80::/10",
            "fec0::/10");

    private static final Range TRANSLATED = Range.of("64:ff9b::/96");
    private static final Range SIX_TO_FOUR = Range.of("2002::/16");
    /// As bytes: its text would be read as an IPv4 address.
    private static final Range MAPPED = new Range(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0}, 96);

    public AddressGuard(boolean privateAllowed) {
        this.privateAllowed = privateAllowed;
    }

    @Override
    public boolean test(InetAddress address) {
        return switch (address) {
            case Inet4Address four -> allowed(four.getAddress());
            case Inet6Address six -> allowed(six.getAddress());
            default -> false;
        };
    }

    private boolean allowed(byte[] address) {
        byte[] carried = carried(address);
        if (carried.length > 0) {
            return allowed(carried);
        }
        return !within(NEVER, address) && (privateAllowed || !within(PRIVATE, address));
    }

    /// The IPv4 address inside, none when empty.
    private static byte[] carried(byte[] address) {
        if (TRANSLATED.holds(address) || MAPPED.holds(address)) {
            return Arrays.copyOfRange(address, 12, 16);
        }
        return SIX_TO_FOUR.holds(address) ? Arrays.copyOfRange(address, 2, 6) : new byte[0];
    }

    private static boolean within(List<Range> ranges, byte[] address) {
        return ranges.stream().anyMatch(range -> range.holds(address));
    }

    private static List<Range> ranges(String... texts) {
        return Arrays.stream(texts).map(Range::of).toList();
    }

    private static byte[] literal(String text) {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text + " (expected: a literal address)", e);
        }
    }
}
