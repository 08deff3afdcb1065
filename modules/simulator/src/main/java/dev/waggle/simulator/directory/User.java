package dev.waggle.simulator.directory;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One user: a phone number and a hidden identity that both follow from the name, a push name, and devices by
/// number.
public final class User {
    private final Jid pn;
    private final Jid lid;
    private final TreeMap<Integer, Device> devices = new TreeMap<>();
    private String pushName;
    private int lastDevice;

    User(Jid pn, Jid lid, String pushName) {
        this.pn = pn;
        this.lid = lid;
        this.pushName = pushName;
    }

    public Jid pn() {
        return pn;
    }

    public Jid lid() {
        return lid;
    }

    public String pushName() {
        return pushName;
    }

    public void pushName(String name) {
        pushName = name;
    }

    /// The user's bare name in the same domain as `example`.
    public Jid like(Jid example) {
        return example.isLid() ? lid : pn;
    }

    /// In order of device number, device 0 first.
    public Collection<Device> devices() {
        return List.copyOf(devices.values());
    }

    public @Nullable Device device(int id) {
        return devices.get(id);
    }

    /// The next device number, from 1; a number is never given twice.
    public int nextDevice() {
        return ++lastDevice;
    }

    /// The highest device number given so far, 0 when none was.
    public int lastDevice() {
        return lastDevice;
    }

    /// Gives device 0 its keys.
    public Device addPrimary(DeviceKeys keys) {
        return put(new Device(this, 0, 0, keys, Bytes.EMPTY, Bytes.EMPTY));
    }

    /// Adds a linked device under a number from [#nextDevice()].
    public Device addCompanion(int id, int keyIndex, DeviceKeys keys, Bytes noiseKey, Bytes signedIdentity) {
        return put(new Device(this, id, keyIndex, keys, noiseKey, signedIdentity));
    }

    private Device put(Device device) {
        devices.put(device.id(), device);
        return device;
    }

    public @Nullable Device remove(int id) {
        return devices.remove(id);
    }

    @Override
    public String toString() {
        return pn.toString();
    }
}
