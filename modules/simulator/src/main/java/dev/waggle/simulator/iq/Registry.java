package dev.waggle.simulator.iq;

import dev.waggle.address.Bytes;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.Directory;
import dev.waggle.simulator.directory.Groups;
import dev.waggle.simulator.directory.PreKeyServer;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.fault.Fault;
import dev.waggle.simulator.media.MediaShelf;
import dev.waggle.wire.node.Node;
import java.util.Optional;

/// What the answers are made from.
public interface Registry {
    Directory directory();

    Groups groups();

    PreKeyServer preKeys();

    /// The armed fault that strikes the device now.
    Optional<Fault> strike(Fault.Kind kind, Device device);

    /// Counts something in the report.
    void count(String counter);

    /// Unix seconds.
    long now();

    /// `ADVSignedKeyIndexList` bytes of a user; empty when it has no companions.
    Bytes keyIndexList(User user);

    /// What the media hosts keep.
    MediaShelf media();

    /// The most members that a group may have.
    int membersMax();

    /// Queues a stanza for a device until it is acked.
    void send(Device to, Node notification);

    /// A fresh id for a notification.
    String nextId();

    /// Unlinks a device of a user: it is told and disconnected.
    void remove(Device device);
}
