package dev.waggle.simulator.check;

import dev.waggle.address.Bytes;
import dev.waggle.simulator.directory.Device;
import dev.waggle.wire.node.Node;
import org.jspecify.annotations.Nullable;

/// The `device-identity` that a companion shows to those it opens a session with.
final class DeviceIdentityCheck {
    private DeviceIdentityCheck() {}

    /// @param stanza a message or the `keys` of a retry receipt
    /// @param needed whether it opens a session
    static void check(Device from, Node stanza, boolean needed, Findings found) {
        Node shown = stanza.child("device-identity");
        if (from.id() == 0) {
            return;
        }
        if (shown != null) {
            found.reading(Rule.DEVICE_IDENTITY_WRONG, () -> signatures(from, shown.requireBytes(), found));
        } else if (needed) {
            found.add(Rule.DEVICE_IDENTITY_MISSING, "device-identity", "absent", "with every pkmsg of a companion");
        }
    }

    private static void signatures(Device from, Bytes bytes, Findings found) {
        // Verified when the device was linked, so the same bytes need no second look.
        if (bytes.equals(from.signedIdentity())) {
            return;
        }
        @Nullable Device primary = from.user().device(0);
        if (primary == null) {
            return;
        }
        SignedIdentity shown = SignedIdentity.read(bytes);
        Bytes account = primary.keys().identityKey();
        Bytes own = from.keys().identityKey();
        found.expect(
                shown.accountKey().equals(account),
                Rule.DEVICE_IDENTITY_WRONG,
                "account signature key",
                shown.accountKey().isEmpty() ? "absent" : "other",
                "the primary's identity key");
        found.expect(
                shown.accountSigned(account, own),
                Rule.DEVICE_IDENTITY_WRONG,
                "account signature",
                "does not verify",
                "the primary's over 06 00, details and the companion's identity");
        found.expect(
                shown.deviceSigned(account, own),
                Rule.DEVICE_IDENTITY_WRONG,
                "device signature",
                "does not verify",
                "the companion's over 06 01, details and both identities");
    }
}
