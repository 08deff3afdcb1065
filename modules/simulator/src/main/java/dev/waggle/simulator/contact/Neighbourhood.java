package dev.waggle.simulator.contact;

import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.Directory;
import dev.waggle.simulator.directory.Groups;
import dev.waggle.simulator.directory.PreKeyServer;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.DeviceLink;
import dev.waggle.simulator.exchange.Exchange;
import dev.waggle.simulator.media.MediaShelf;
import dev.waggle.wire.node.Node;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The server as a device in this process sees it. `now` gives Unix seconds, `news` queues notifications.
public record Neighbourhood(
        Directory directory,
        Groups groups,
        PreKeyServer preKeys,
        MediaShelf media,
        LongSupplier now,
        Attachment attachment,
        BiConsumer<Device, Node> news) {

    /// How a device gets its link.
    @FunctionalInterface
    public interface Attachment {
        /// @return where the device's own stanzas go; taken in order, and never answered before it returns
        Consumer<Node> attach(Device device, DeviceLink link);
    }

    public static Neighbourhood of(Exchange exchange) {
        return new Neighbourhood(
                exchange.directory(),
                exchange.groups(),
                exchange.preKeys(),
                exchange.media(),
                exchange::now,
                (device, link) -> {
                    var connection = exchange.attach(device, link);
                    return stanza -> exchange.submit(device.pn(), stanza, connection);
                },
                exchange::notify);
    }

    /// Queues a notification for a device, as the server does when a phone asks it to.
    void notify(Device device, Node notification) {
        news.accept(device, notification);
    }

    /// One name per device, by phone number, whether it was addressed by phone number or by LID, linked or not any
    /// more.
    Jid name(Jid device) {
        @Nullable User user = directory.user(device);
        return user == null ? device : user.pn().withDevice(device.device());
    }

    /// The chat that an address stands for: a group, or a user by LID.
    Jid chat(Jid jid) {
        @Nullable User user = directory.user(jid);
        return user == null ? jid.bare() : user.lid();
    }
}
