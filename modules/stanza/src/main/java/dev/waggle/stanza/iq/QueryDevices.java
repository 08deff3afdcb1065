package dev.waggle.stanza.iq;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.JidServer;
import dev.waggle.stanza.field.Fields;
import dev.waggle.wire.node.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Asks for the devices and the LID of users.
///
/// @param users 1 to [#USERS_MAX], bare, by either name
public record QueryDevices(List<Jid> users) implements Iq<Map<Jid, QueryDevices.UserDevices>> {
    public static final int USERS_MAX = 1000;
    private static final List<Node> PROTOCOLS =
            List.of(Node.build("devices").attr("version", 2).done(), Node.of("lid"));

    /// @param keyIndex vouches for a companion; absent for the primary
    /// @param hosted runs at a business's provider, not to be encrypted for like the others
    public record Device(int id, OptionalInt keyIndex, boolean hosted) {}

    /// @param user as the server names it
    /// @param lid the hidden identity, when asked by phone number and known
    /// @param devices empty when refused or when the user is not on WhatsApp
    /// @param keyIndexList serialized `ADVSignedKeyIndexList`, to filter stale devices
    /// @param error why the devices were refused
    public record UserDevices(
            Jid user,
            @Nullable Jid lid,
            List<Device> devices,
            @Nullable Bytes keyIndexList,
            OptionalInt error) {
        public UserDevices {
            devices = List.copyOf(devices);
        }

        /// The addresses of the devices in the user's own domain.
        public List<Jid> addresses() {
            return devices.stream().map(this::address).toList();
        }

        private Jid address(Device device) {
            if (!device.hosted()) {
                return user.withDevice(device.id());
            }
            String server = user.isLid() ? JidServer.HOSTED_LID : JidServer.HOSTED;
            return new Jid(user.user(), server, 0, device.id());
        }
    }

    public QueryDevices {
        users = users.stream().map(Jid::bare).distinct().toList();
        if (users.isEmpty() || users.size() > USERS_MAX) {
            throw new IllegalArgumentException("users: " + users.size() + " (expected: 1.." + USERS_MAX + ")");
        }
    }

    @Override
    public Node ask(String id) {
        List<Node> list = users.stream()
                .map(user -> Node.build("user").attr("jid", user).done())
                .toList();
        return Usync.ask(id, "message", PROTOCOLS, list);
    }

    @Override
    public Map<Jid, UserDevices> answer(Node reply) {
        Map<Jid, UserDevices> answers = new LinkedHashMap<>();
        for (Node user : Usync.users(reply)) {
            UserDevices devices = user(user);
            answers.put(devices.user(), devices);
        }
        return answers;
    }

    private static UserDevices user(Node node) {
        Jid user = node.requireJid("jid").bare();
        Node lid = node.child("lid");
        Node devices = node.child("devices");
        Node error = devices == null ? null : devices.child("error");
        Node list = devices == null ? null : devices.child("device-list");
        Node indexes = devices == null ? null : devices.child("key-index-list");
        return new UserDevices(
                user,
                lid == null ? null : lid.jid("val"),
                list == null
                        ? List.of()
                        : list.children("device").stream()
                                .map(QueryDevices::device)
                                .toList(),
                indexes == null ? null : indexes.bytes(),
                error == null ? OptionalInt.empty() : OptionalInt.of(Fields.count(error, "code", 0)));
    }

    private static Device device(Node node) {
        node.require("id");
        return new Device(
                (int) Fields.number(node, "id", 0, 65_535, 0),
                Fields.optionalCount(node, "key-index"),
                Fields.isTrue(node, "is_hosted"));
    }
}
