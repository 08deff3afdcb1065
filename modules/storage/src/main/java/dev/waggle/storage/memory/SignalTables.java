package dev.waggle.storage.memory;

import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.storage.row.PreKeyRow;
import dev.waggle.storage.row.SenderKeyName;
import dev.waggle.storage.write.SignalWrite;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Rows of the Signal store. Guarded by the backend's lock.
final class SignalTables {
    final Map<DeviceAddress, Bytes> sessions = new HashMap<>();
    final Map<DeviceAddress, Bytes> identities = new HashMap<>();
    final TreeMap<Integer, PreKeyRow> preKeys = new TreeMap<>();
    final TreeMap<Integer, Bytes> signedPreKeys = new TreeMap<>();
    final Map<SenderKeyName, Bytes> senderKeys = new HashMap<>();

    void apply(SignalWrite write) {
        switch (write) {
            case SignalWrite.PutSession(var address, var record) -> sessions.put(address, record);
            case SignalWrite.DeleteSession(var address) -> sessions.remove(address);
            case SignalWrite.PutIdentity(var address, var key) -> identities.put(address, key);
            case SignalWrite.DeleteIdentity(var address) -> identities.remove(address);
            case SignalWrite.PutPreKey(var row) -> preKeys.put(row.id(), row);
            case SignalWrite.MarkPreKeyUploaded(var id) ->
                preKeys.computeIfPresent(id, (key, row) -> new PreKeyRow(id, row.record(), true));
            case SignalWrite.RemovePreKey(var id) -> preKeys.remove(id);
            case SignalWrite.PutSignedPreKey(var id, var record) -> signedPreKeys.put(id, record);
            case SignalWrite.RemoveSignedPreKey(var id) -> signedPreKeys.remove(id);
            case SignalWrite.PutSenderKey(var name, var record) -> senderKeys.put(name, record);
            case SignalWrite.DeleteSenderKey(var name) -> senderKeys.remove(name);
        }
    }

    boolean knows(String user) {
        return Stream.concat(sessions.keySet().stream(), identities.keySet().stream())
                .anyMatch(address -> address.name().equals(user));
    }
}
