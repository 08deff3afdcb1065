package dev.waggle.simulator.iq;

import dev.waggle.address.Bytes;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.Directory;
import dev.waggle.simulator.directory.Groups;
import dev.waggle.simulator.directory.PreKeyServer;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.media.MediaShelf;
import dev.waggle.wire.node.Node;

/// What the answers are made from.
public interface Registry {
    Directory directory();

    Groups groups();

    PreKeyServer preKeys();

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
