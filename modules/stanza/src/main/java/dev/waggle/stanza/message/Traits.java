package dev.waggle.stanza.message;

import dev.waggle.proto.message.KeepType;
import dev.waggle.proto.message.Message;
import dev.waggle.proto.message.ProtocolMessage;
import dev.waggle.wire.node.Node;
import org.jspecify.annotations.Nullable;

/// What a stanza says in the clear of the message inside, so that the server can route it and phones can show
/// placeholders.
///
/// @param type `text`, `media`, `reaction`, `poll` or `event`
/// @param mediaType on the ciphertext: `image`, `video`, `gif`, `audio`, `ptt`, `document`, `sticker`, `vcard`...
/// @param edit `1` edit, `2` pin, `7` sender revoke or withdrawn reaction, `8` admin revoke
/// @param hidden a receiver that cannot decrypt shows no placeholder; never on revokes, which the server would drop
/// @param meta says more about polls and events
public record Traits(
        String type,
        @Nullable String mediaType,
        @Nullable String edit,
        boolean hidden,
        @Nullable Node meta) {
    private static final String EDIT = "1";
    private static final String PIN = "2";
    private static final String SENDER_REVOKE = "7";
    private static final String ADMIN_REVOKE = "8";

    /// Nothing but the stanza type.
    public static Traits plain(String type) {
        return new Traits(type, null, null, false, null);
    }

    public static Traits of(Message message) {
        Message content = MessageContent.content(message);
        String edit = edit(content);
        return new Traits(
                MessageContent.stanzaType(content), MediaTypes.of(content), edit, hidden(content, edit), meta(content));
    }

    private static @Nullable String edit(Message content) {
        if (content.hasProtocolMessage() && content.getProtocolMessage().hasKey()) {
            return edit(content.getProtocolMessage());
        }
        if (content.hasReactionMessage()) {
            return content.getReactionMessage().getText().isEmpty() ? SENDER_REVOKE : null;
        }
        if (content.hasKeepInChatMessage()) {
            boolean undone = content.getKeepInChatMessage().getKeepType() == KeepType.UNDO_KEEP_FOR_ALL;
            return undone && content.getKeepInChatMessage().getKey().getFromMe() ? SENDER_REVOKE : null;
        }
        return content.hasPinInChatMessage() ? PIN : null;
    }

    private static @Nullable String edit(ProtocolMessage protocol) {
        return switch (protocol.getType()) {
            case REVOKE -> protocol.getKey().getFromMe() ? SENDER_REVOKE : ADMIN_REVOKE;
            case MESSAGE_EDIT -> protocol.hasEditedMessage() ? EDIT : null;
            default -> null;
        };
    }

    private static boolean hidden(Message content, @Nullable String edit) {
        if (content.hasProtocolMessage()) {
            return switch (content.getProtocolMessage().getType()) {
                case MESSAGE_EDIT, GROUP_MEMBER_LABEL_CHANGE, EPHEMERAL_SYNC_RESPONSE -> true;
                default -> false;
            };
        }
        return EDIT.equals(edit)
                || content.hasReactionMessage()
                || content.hasEncReactionMessage()
                || content.hasPinInChatMessage()
                || content.hasKeepInChatMessage()
                || content.hasPollUpdateMessage()
                || content.hasEncEventResponseMessage();
    }

    private static @Nullable Node meta(Message content) {
        return switch (MessageContent.stanzaType(content)) {
            case "poll" ->
                Node.build("meta")
                        .attr("polltype", content.hasPollUpdateMessage() ? "vote" : "creation")
                        .done();
            case "event" ->
                Node.build("meta")
                        .attr("event_type", content.hasEncEventResponseMessage() ? "response" : "creation")
                        .done();
            default -> null;
        };
    }
}
