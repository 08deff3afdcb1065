package dev.waggle.stanza;

import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;

/// What a server said, by kind. The wire grows: a tag that nobody here knows is [Unknown], never an error.
public sealed interface Stanza
        permits Message,
                Receipt,
                Ack,
                IqRequest,
                IqReply,
                Notification,
                Ib,
                Success,
                Failure,
                StreamError,
                StreamEnd,
                Call,
                Presence,
                ChatState,
                Unknown {

    /// @throws NodeException when the tag is known and something that the kind cannot do without is missing or
    /// malformed
    static Stanza read(Node node) {
        return switch (node.tag()) {
            case "message" -> Message.read(node);
            case "receipt" -> Receipt.read(node);
            case "ack" -> Ack.read(node);
            case "iq" -> iq(node);
            case "notification" -> Notification.read(node);
            case "ib" -> Ib.read(node);
            case "success" -> Success.read(node);
            case "failure" -> Failure.read(node);
            case "stream:error" -> StreamError.read(node);
            case "xmlstreamend" -> new StreamEnd();
            case "call" -> Call.read(node);
            case "presence" -> Presence.read(node);
            case "chatstate" -> ChatState.read(node);
            default -> new Unknown(node);
        };
    }

    private static Stanza iq(Node node) {
        return switch (node.attr("type", "")) {
            case "get", "set" -> IqRequest.read(node);
            case "result", "error" -> IqReply.read(node);
            default -> new Unknown(node);
        };
    }
}
