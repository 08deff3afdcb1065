package dev.waggle.stanza;

import dev.waggle.address.Bytes;
import dev.waggle.stanza.field.Fields;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The server's remarks on the connection, in order. They are not acknowledged.
public record Ib(List<Item> items) implements Stanza {
    public Ib {
        items = List.copyOf(items);
    }

    public sealed interface Item {}

    /// So many stanzas wait; they come only when asked for, see `stream.Announce#offlineBatch`.
    public record OfflinePreview(int total, int messages, int notifications, int receipts, int appData)
            implements Item {}

    /// All waiting stanzas were delivered; what follows is live.
    public record OfflineEnd(int count) implements Item {}

    /// Something on the server is newer than what we saw: `account_sync`, `groups`, `syncd_app_state`...
    public record Dirty(String type, @Nullable Instant since) implements Item {}

    /// To be sent in front of the next connection's intro.
    public record EdgeRouting(Bytes routingInfo) implements Item {}

    /// The phone scanned our code with a version that cannot link companions.
    public record Downgrade() implements Item {}

    /// This client version works until then.
    public record ClientExpiration(Instant at) implements Item {}

    public record Other(Node node) implements Item {}

    /// @throws NodeException when a known remark is malformed
    static Ib read(Node node) {
        return new Ib(node.children().stream().map(Ib::item).toList());
    }

    private static Item item(Node node) {
        return switch (node.tag()) {
            case "offline_preview" ->
                new OfflinePreview(
                        Fields.count(node, "count", 0),
                        Fields.count(node, "message", 0),
                        Fields.count(node, "notification", 0),
                        Fields.count(node, "receipt", 0),
                        Fields.count(node, "appdata", 0));
            case "offline" -> new OfflineEnd(Fields.count(node, "count", 0));
            case "dirty" -> new Dirty(node.require("type"), Fields.time(node, "timestamp"));
            case "edge_routing" ->
                new EdgeRouting(node.requireChild("routing_info").requireBytes());
            case "downgrade_webclient" -> new Downgrade();
            case "client_expiration" -> new ClientExpiration(Fields.requireTime(node, "t"));
            default -> new Other(node);
        };
    }
}
