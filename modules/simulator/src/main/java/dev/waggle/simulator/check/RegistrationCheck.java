package dev.waggle.simulator.check;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.Digest;
import dev.waggle.crypto.XEdDsa;
import dev.waggle.simulator.directory.DeviceKeys;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// The `ClientPayload` of a companion that registers.
public final class RegistrationCheck {
    private static final int USER_AGENT = 5;
    private static final int PAIRING = 19;

    private RegistrationCheck() {}

    /// All of the payload: lengths of the pairing data, key type, the signature over the signed pre-key, the build
    /// hash (MD5 of the dotted version), and that nothing of a login is in it.
    public static List<Violation> payload(Bytes clientPayload) {
        Findings found = new Findings();
        found.reading(Rule.REGISTRATION_PAYLOAD, () -> {
            Fields payload = Fields.read("client payload", clientPayload);
            found.expect(
                    !payload.has(1) && !payload.has(18), Rule.REGISTRATION_PAYLOAD, "username", "present", "absent");
            Fields pairing = Fields.read("device pairing data", payload.require(PAIRING));
            pairing(pairing, found);
            Fields agent = Fields.read("user agent", payload.require(USER_AGENT));
            buildHash(agent.message(2, "app version").orElse(agent), pairing.require(7, 16), found);
        });
        return found.all();
    }

    /// Only what the exchange keeps of the payload: the signature over the signed pre-key.
    public static List<Violation> keys(DeviceKeys keys, Bytes deviceProps) {
        Findings found = new Findings();
        signature(keys.identityKey(), keys.signedKey().key(), keys.signedKey().signature(), found);
        found.reading(Rule.REGISTRATION_PAYLOAD, () -> props(deviceProps, found));
        return found.all();
    }

    private static void pairing(Fields pairing, Findings found) {
        pairing.require(1, 4);
        found.expect(pairing.require(2, 1).get(0) == 5, Rule.REGISTRATION_PAYLOAD, "eKeytype", "other", "the byte 05");
        pairing.require(4, 3);
        signature(pairing.require(3, 32), pairing.require(5, 32), pairing.require(6, 64), found);
        props(pairing.require(8), found);
    }

    private static void props(Bytes deviceProps, Findings found) {
        Fields props = Fields.read("device props", deviceProps);
        found.expect(props.has(1), Rule.REGISTRATION_PAYLOAD, "device props os", "absent", "a name");
    }

    private static void signature(Bytes identity, Bytes key, Bytes signature, Findings found) {
        found.expect(
                signed(identity, key, signature),
                Rule.REGISTRATION_SIGNATURE,
                "eSkeySig",
                "does not verify",
                "signature of the identity over 05 and the key");
    }

    /// True when the identity signed `05` and the key.
    static boolean signed(Bytes identity, Bytes key, Bytes signature) {
        byte[] message = new byte[33];
        message[0] = 5;
        System.arraycopy(key.unsafeArray(), 0, message, 1, 32);
        return XEdDsa.verify(identity.unsafeArray(), message, signature.unsafeArray());
    }

    private static void buildHash(Fields version, Bytes hash, Findings found) {
        String dotted = LongStream.rangeClosed(1, 5)
                .filter(number -> version.has((int) number))
                .mapToObj(number -> Long.toString(version.number((int) number, 0)))
                .collect(Collectors.joining("."));
        Bytes expected = Bytes.wrap(Digest.md5(Bytes.utf8(dotted).unsafeArray()));
        found.expect(expected.equals(hash), Rule.BUILD_HASH, "buildHash", "other", "MD5 of " + dotted);
    }
}
