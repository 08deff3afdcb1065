package dev.waggle.platform.webhook.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final AddressGuard STRICT = new AddressGuard(false);
    private static final AddressGuard OPEN = new AddressGuard(true);

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "10.0.0.1",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "192.168.255.255",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "192.0.0.1",
                "192.0.2.7",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.9",
                "192.88.99.1",
                "168.63.129.16",
                "::1",
                "::2",
                "::7f00:1",
                "fc00::1",
                "fdff:ffff::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2002:a00:1::1",
                "2001::1",
                "2001:db8::1",
                "100::1",
                "3fff::1",
                "5f00::1"
            })
    void what_is_inside_is_refused_unless_it_is_allowed(String literal) {
        assertThat(STRICT.test(address(literal))).isFalse();
        assertThat(OPEN.test(address(literal))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "ff02::1",
                "2002:e000:1::",
                "64:ff9b::"
            })
    void what_is_nobodys_is_never_called(String literal) {
        assertThat(STRICT.test(address(literal))).isFalse();
        assertThat(OPEN.test(address(literal))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "2002:101:101::",
                "64:ff9b::101:101"
            })
    void the_public_internet_may_be_called(String literal) {
        assertThat(STRICT.test(address(literal))).isTrue();
    }

    /// The JDK makes IPv4 addresses of most mapped ones; those that come as IPv6 are judged the same.
    @Test
    void a_mapped_address_is_judged_as_what_it_maps_to() throws Exception {
        for (String inside : new String[] {"127.0.0.1", "10.1.2.3", "169.254.169.254"}) {
            byte[] mapped = new byte[16];
            mapped[10] = -1;
            mapped[11] = -1;
            System.arraycopy(address(inside).getAddress(), 0, mapped, 12, 4);
            assertThat(STRICT.test(Inet6Address.getByAddress("mapped", mapped, 0)))
                    .isFalse();
            assertThat(STRICT.test(InetAddress.getByAddress(mapped))).isFalse();
            byte[] compatible = Arrays.copyOf(mapped, 16);
            compatible[10] = 0;
            compatible[11] = 0;
            assertThat(STRICT.test(Inet6Address.getByAddress("compatible", compatible, 0)))
                    .isFalse();
        }
    }
}
