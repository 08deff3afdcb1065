package dev.waggle.simulator.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.proto.login.ClientPayload;
import dev.waggle.proto.login.DevicePairingRegistrationData;
import dev.waggle.simulator.directory.DeviceKeys;
import dev.waggle.simulator.directory.SignedKey;
import dev.waggle.simulator.exchange.Registration;

/// What a client says of itself at the end of the handshake.
sealed interface LoginPayload {
    /// A linked device.
    record Login(Jid device, boolean passive) implements LoginPayload {}

    /// A companion that wants to be linked.
    record Register(Registration registration) implements LoginPayload {}

    /// @param noiseKey the static key that the handshake proved
    /// @throws IllegalArgumentException when the payload is neither
    static LoginPayload read(Bytes noiseKey, Bytes payload) {
        try {
            ClientPayload client = ClientPayload.parseFrom(payload.unsafeArray());
            if (client.hasDevicePairingData()) {
                return register(noiseKey, payload, client);
            }
            Jid user = Jid.pn(Long.toUnsignedString(client.getUsername()));
            return new Login(user.withDevice(client.getDevice()), client.getPassive());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("login payload: " + payload.size() + " bytes (expected: a message)", e);
        }
    }

    private static LoginPayload register(Bytes noiseKey, Bytes payload, ClientPayload client) {
        DevicePairingRegistrationData data = client.getDevicePairingData();
        SignedKey signed =
                new SignedKey(number(data.getESkeyId()), bytes(data.getESkeyVal()), bytes(data.getESkeySig()));
        DeviceKeys keys = new DeviceKeys(number(data.getERegid()), bytes(data.getEIdent()), signed);
        return new Register(
                new Registration(noiseKey, keys, client.getPushName(), bytes(data.getDeviceProps()), payload));
    }

    private static Bytes bytes(ByteString string) {
        return Bytes.wrap(string.toByteArray());
    }

    private static int number(ByteString bigEndian) {
        if (bigEndian.size() > 4) {
            throw new IllegalArgumentException("number: " + bigEndian.size() + " bytes (expected: at most 4)");
        }
        int number = 0;
        for (byte digit : bigEndian) {
            number = number << 8 | digit & 0xFF;
        }
        return number;
    }
}
