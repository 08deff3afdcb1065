package dev.waggle.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// HMAC by RFC 4231, digests by their standards' "abc", and both against the JDK's own classes.
class MacAndDigestTest {
    @Test
    void hmac_of_rfc_4231_case_1() {
        byte[] key = repeat(0x0b, 20);
        assertThat(hex(Mac.sha256(key, utf8("Hi There"))))
                .isEqualTo("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
        assertThat(hex(Mac.sha512(key, utf8("Hi There"))))
                .isEqualTo("87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
                        + "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854");
    }

    @Test
    void hmac_of_rfc_4231_case_2_also_when_the_text_comes_in_parts() {
        String expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assertThat(hex(Mac.sha256(utf8("Jefe"), utf8("what do ya want for nothing?"))))
                .isEqualTo(expected);
        assertThat(hex(Mac.sha256(utf8("Jefe"), utf8("what do ya "), new byte[0], utf8("want for nothing?"))))
                .isEqualTo(expected);
        assertThat(hex(Mac.sha512(utf8("Jefe"), utf8("what do ya want for nothing?"))))
                .isEqualTo("164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                        + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
    }

    @Test
    void hmac_of_rfc_4231_cases_3_and_4() {
        assertThat(hex(Mac.sha256(repeat(0xaa, 20), repeat(0xdd, 50))))
                .isEqualTo("773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
        byte[] counting = new byte[25];
        IntStream.range(0, 25).forEach(i -> counting[i] = (byte) (i + 1));
        assertThat(hex(Mac.sha256(counting, repeat(0xcd, 50))))
                .isEqualTo("82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
    }

    @Test
    void hmac_of_rfc_4231_cases_6_and_7_with_keys_longer_than_a_block() {
        byte[] key = repeat(0xaa, 131);
        byte[] text = utf8("Test Using Larger Than Block-Size Key - Hash Key First");
        assertThat(hex(Mac.sha256(key, text)))
                .isEqualTo("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
        assertThat(hex(Mac.sha512(key, text)))
                .isEqualTo("80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
                        + "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598");
        byte[] longText = utf8("This is a test using a larger than block-size key and a larger than block-size data. "
                + "The key needs to be hashed before being used by the HMAC algorithm.");
        assertThat(hex(Mac.sha256(key, longText)))
                .isEqualTo("9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
    }

    @Test
    void hmac_equals_the_jdks_for_all_sizes_of_key_and_text() throws GeneralSecurityException {
        Random random = new Random(4231);
        for (int size = 1; size < 300; size++) {
            byte[] key = new byte[size];
            byte[] text = new byte[random.nextInt(500)];
            random.nextBytes(key);
            random.nextBytes(text);
            assertThat(Mac.sha256(key, text)).isEqualTo(jdk("HmacSHA256", key, text));
            assertThat(Mac.sha512(key, text)).isEqualTo(jdk("HmacSHA512", key, text));
        }
        assertThat(Mac.sha256(new byte[0], utf8("x"))).isEqualTo(jdk("HmacSHA256", new byte[1], utf8("x")));
    }

    @Test
    void digests_of_abc_are_those_of_the_standards() {
        assertThat(hex(Digest.sha256(utf8("abc"))))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(hex(Digest.sha512(utf8("a"), utf8("bc"))))
                .isEqualTo("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
        assertThat(hex(Digest.sha1(utf8("abc")))).isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
        assertThat(hex(Digest.md5(utf8("abc")))).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
        assertThat(hex(Digest.sha256())).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void tags_are_compared_by_value() {
        assertThat(Mac.equal(new byte[] {1, 2}, new byte[] {1, 2})).isTrue();
        assertThat(Mac.equal(new byte[] {1, 2}, new byte[] {1, 3})).isFalse();
        assertThat(Mac.equal(new byte[] {1, 2}, new byte[] {1, 2, 0})).isFalse();
    }

    @Test
    void threads_do_not_disturb_each_other() throws InterruptedException, ExecutionException {
        byte[] key = repeat(7, 32);
        byte[] expected = Hkdf.derive(key, key, key, 200);
        try (var threads = Executors.newFixedThreadPool(4)) {
            Callable<Boolean> work = () ->
                    IntStream.range(0, 2_000).allMatch(i -> Arrays.equals(Hkdf.derive(key, key, key, 200), expected));
            for (var result : threads.invokeAll(java.util.Collections.nCopies(4, work))) {
                assertThat(result.get()).isTrue();
            }
        }
    }

    private static byte[] jdk(String name, byte[] key, byte[] text) throws GeneralSecurityException {
        var mac = javax.crypto.Mac.getInstance(name);
        mac.init(new SecretKeySpec(key, name));
        return mac.doFinal(text);
    }

    private static byte[] repeat(int value, int size) {
        byte[] out = new byte[size];
        Arrays.fill(out, (byte) value);
        return out;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
