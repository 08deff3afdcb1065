package dev.waggle.stanza.login;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.proto.companion.DeviceProps;
import dev.waggle.proto.login.ClientPayload;
import dev.waggle.proto.login.DevicePairingRegistrationData;
import dev.waggle.stanza.keys.Keys;
import dev.waggle.stanza.keys.SignedKey;

/// A client payload as a server reads it.
public sealed interface LoginRequest {
    /// The web client's version.
    ClientVersion version();

    /// @param pushName where a test client hides which phone should link it; empty with real clients
    record Registration(
            ClientVersion version,
            int registrationId,
            Bytes identityKey,
            SignedKey signedKey,
            Bytes buildHash,
            DeviceProps deviceProps,
            String pushName)
            implements LoginRequest {}

    /// @param device the device that logs in, by phone number
    record Login(ClientVersion version, Jid device, boolean passive, boolean pull, int logins)
            implements LoginRequest {}

    /// @throws LoginException when the bytes are no payload, or lack what its kind needs
    static LoginRequest parse(byte[] bytes) {
        try {
            ClientPayload payload = ClientPayload.parseFrom(bytes);
            return payload.hasDevicePairingData()
                    ? registration(payload, payload.getDevicePairingData())
                    : login(payload);
        } catch (InvalidProtocolBufferException _) {
            throw new LoginException("payload", bytes.length + " bytes", "a ClientPayload");
        }
    }

    private static Login login(ClientPayload payload) {
        if (payload.getUsername() <= 0) {
            throw new LoginException("username", Long.toUnsignedString(payload.getUsername()), "a phone number");
        }
        if (payload.getDevice() < 0 || payload.getDevice() > 65_535) {
            throw new LoginException("device", Integer.toUnsignedString(payload.getDevice()), "0..65535");
        }
        Jid device = Jid.pn(Long.toString(payload.getUsername())).withDevice(payload.getDevice());
        return new Login(version(payload), device, payload.getPassive(), payload.getPull(), payload.getLc());
    }

    private static Registration registration(ClientPayload payload, DevicePairingRegistrationData data)
            throws InvalidProtocolBufferException {
        if (!data.getEKeytype().equals(ByteString.copyFrom(Keys.TYPE.unsafeArray()))) {
            throw new LoginException("key type", data.getEKeytype().size() + " bytes", "05");
        }
        SignedKey signedKey = new SignedKey(
                number("signed pre-key id", data.getESkeyId(), 3),
                bytes("signed pre-key", data.getESkeyVal(), Keys.KEY_BYTES),
                bytes("signed pre-key signature", data.getESkeySig(), Keys.SIGNATURE_BYTES));
        return new Registration(
                version(payload),
                number("registration id", data.getERegid(), 4),
                bytes("identity key", data.getEIdent(), Keys.KEY_BYTES),
                signedKey,
                bytes("build hash", data.getBuildHash(), 16),
                DeviceProps.parseFrom(data.getDeviceProps()),
                payload.getPushName());
    }

    private static ClientVersion version(ClientPayload payload) {
        var version = payload.getUserAgent().getAppVersion();
        return new ClientVersion(version.getPrimary(), version.getSecondary(), version.getTertiary());
    }

    private static Bytes bytes(String name, ByteString value, int size) {
        if (value.size() != size) {
            throw new LoginException(name, value.size() + " bytes", size + " bytes");
        }
        return Bytes.wrap(value.toByteArray());
    }

    private static int number(String name, ByteString value, int size) {
        Bytes bytes = bytes(name, value, size);
        int number = 0;
        for (int i = 0; i < size; i++) {
            number = number << 8 | bytes.get(i) & 0xFF;
        }
        return number;
    }
}
