package dev.waggle.simulator.exchange;

import dev.waggle.address.Bytes;
import dev.waggle.simulator.directory.User;
import dev.waggle.wire.node.Node;
import java.util.Optional;

/// The mock phones: the primary device of every paired user. On the exchange's thread.
///
/// The exchange sends `pair-device`, `pair-success` (from [Companion#offer]), checks nothing itself, adds the
/// device after [#countersigned] and sends stream error 515. A phone decides which user scans:
/// `Directory.named(pushName)` for a QR, `Directory.at(number, pushName)` for a code; it gives device 0 of that
/// user its keys, pre-keys and link (see [DeviceLink]) when it has none, and takes the number with
/// [User#nextDevice()].
public interface Phones {
    /// Nobody has a phone.
    Phones NONE = new Phones() {
        @Override
        public User scanQr(String text) {
            throw new PhoneException("phone", "none", "a phone");
        }

        @Override
        public User enterCode(String number, String code) {
            throw new PhoneException("phone", "none", "a phone");
        }

        @Override
        public Node linkCode(Companion companion, Node iq) {
            return iq;
        }

        @Override
        public Optional<Bytes> countersigned(Companion companion, Bytes deviceIdentity) {
            return Optional.empty();
        }

        @Override
        public Bytes keyIndexList(User user) {
            return Bytes.EMPTY;
        }

        @Override
        public void gone(Companion companion) {}
    };

    /// A phone's camera sees a QR text: finds the companion by ref, checks the keys in it, calls [Companion#offer].
    ///
    /// @throws PhoneException when nobody waits with that QR, or a part of it is not what the companion registered
    User scanQr(String text);

    /// A person types the eight characters of a code into the phone with that number.
    ///
    /// @throws PhoneException when no companion asked for that number, or the code does not open what it sent
    User enterCode(String number, String code);

    /// A `link_code_companion_reg` question of a companion (stages `companion_hello`, `companion_finish`, …).
    Node linkCode(Companion companion, Node iq);

    /// The companion's answer to `pair-success`: checks the device signature.
    ///
    /// @return its full `ADVSignedDeviceIdentity` with the account signature key; empty when the signature is wrong
    Optional<Bytes> countersigned(Companion companion, Bytes deviceIdentity);

    /// `ADVSignedKeyIndexList` bytes of a user, for usync answers; empty when the user has no companions.
    Bytes keyIndexList(User user);

    /// The companion's socket is gone.
    void gone(Companion companion);
}
