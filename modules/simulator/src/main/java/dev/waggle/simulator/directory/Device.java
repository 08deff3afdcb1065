package dev.waggle.simulator.directory;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import org.jspecify.annotations.Nullable;

/// One device of a user. Device 0 is the primary: a mock phone or a simulated contact.
///
/// `signedIdentity` is the device's `ADVSignedDeviceIdentity` with the account signature key, empty for device 0;
/// `noiseKey` is the static key that its logins must show, empty for a device without socket.
public final class Device {
    private final User user;
    private final int id;
    private final int keyIndex;
    private final Bytes noiseKey;
    private final Bytes signedIdentity;
    private DeviceKeys keys;
    private @Nullable DeviceKeys former;
    private boolean published = true;
    private Bytes routingInfo = Bytes.EMPTY;

    Device(User user, int id, int keyIndex, DeviceKeys keys, Bytes noiseKey, Bytes signedIdentity) {
        this.user = user;
        this.id = id;
        this.keyIndex = keyIndex;
        this.keys = keys;
        this.noiseKey = noiseKey;
        this.signedIdentity = signedIdentity;
    }

    public User user() {
        return user;
    }

    public int id() {
        return id;
    }

    /// The index that the account signed this device under; 0 for the primary.
    public int keyIndex() {
        return keyIndex;
    }

    public DeviceKeys keys() {
        return keys;
    }

    public void keys(DeviceKeys next) {
        keys = next;
        published = true;
    }

    /// A signed pre-key in place of the present one.
    public void rotate(SignedKey next) {
        former = keys;
        keys(keys.rotated(next));
    }

    /// As if the last rotation had never reached the server; without one there are no keys any more.
    public void loseRotation() {
        DeviceKeys before = former;
        published = before != null;
        keys = before == null ? keys : before;
        former = null;
    }

    /// The server knows nothing of the device's keys until it uploads them anew.
    public void loseKeys() {
        published = false;
    }

    public boolean published() {
        return published;
    }

    /// What the device was told to begin its connections with; empty before its first login.
    public Bytes routingInfo() {
        return routingInfo;
    }

    public void routingInfo(Bytes told) {
        routingInfo = told;
    }

    public Bytes noiseKey() {
        return noiseKey;
    }

    public Bytes signedIdentity() {
        return signedIdentity;
    }

    /// `PN:device@s.whatsapp.net`: the name that this simulator keys devices by.
    public Jid pn() {
        return user.pn().withDevice(id);
    }

    /// `LID:device@lid`.
    public Jid lid() {
        return user.lid().withDevice(id);
    }

    /// The device's name in the same domain as `example`: LID for a LID, else phone number.
    public Jid like(Jid example) {
        return example.isLid() ? lid() : pn();
    }

    @Override
    public String toString() {
        return pn().toString();
    }
}
